// Drawing a rectangle on the map with a mouse, a pen or a finger. Resolves to [south, west, north, east] or null.

function drawRectangle(map, colour) {
  return new Promise((resolve) => {
    const target = map.getContainer();
    const box = L.rectangle([[0, 0], [0, 0]], { color: colour, weight: 1.5, fillOpacity: 0.06, interactive: false });
    const at = (e) => map.mouseEventToLatLng(e);
    let start = null;
    const down = (e) => {
      start = at(e);
      box.setBounds([start, start]).addTo(map);
      target.setPointerCapture(e.pointerId);
    };
    const move = (e) => { if (start) box.setBounds([start, at(e)]); };
    const end = (edges) => {
      target.removeEventListener("pointerdown", down);
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", up);
      document.removeEventListener("keydown", key);
      target.classList.remove("cm-drawing");
      map.dragging.enable();
      box.remove();
      setTimeout(() => resolve(edges), 0); // after the click that ends the drawing, so that it selects nothing
    };
    const up = (e) => {
      const b = start && L.latLngBounds(start, at(e));
      const drawn = b && b.getNorth() !== b.getSouth() && b.getWest() !== b.getEast();
      end(drawn ? [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()].map((v) => Math.round(v * 1e4) / 1e4) : null);
    };
    const key = (e) => { if (e.key === "Escape") end(null); };
    map.dragging.disable();
    target.classList.add("cm-drawing");
    target.addEventListener("pointerdown", down);
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", up);
    document.addEventListener("keydown", key);
  });
}
