// A canvas that moves and zooms with the map: sharp on any screen, redrawn when the map comes to rest.
// Leaflet's own Renderer places it; what is drawn on it is the business of `draw(ctx, view)`.

const Sheet = L.Renderer.extend({
  options: { padding: 0.08 },

  initialize: function (draw, pane) {
    L.Renderer.prototype.initialize.call(this, { pane: pane, padding: 0.08 });
    this._draw = draw;
  },

  _initContainer: function () {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.pointerEvents = "none";
    this._container = canvas;
    this._ctx = canvas.getContext("2d");
  },

  _destroyContainer: function () {
    this._container.remove();
    delete this._container;
    delete this._ctx;
  },

  _update: function () {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this.redraw();
  },

  // `view` holds all that a drawing needs: zoom, size in CSS pixels, device pixels to one of them, and the world
  // pixel (at this zoom) of the canvas' upper left corner.
  redraw: function () {
    if (!this._map || !this._bounds) return;
    const size = this._bounds.getSize();
    const scale = window.devicePixelRatio || 1;
    const canvas = this._container;
    const [width, height] = [Math.round(size.x * scale), Math.round(size.y * scale)];
    L.DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
    }
    const corner = this._map.getPixelOrigin().add(this._bounds.min);
    const view = { zoom: this._map.getZoom(), width: size.x, height: size.y, scale: scale, left: corner.x, top: corner.y };
    view.world = 256 * 2 ** view.zoom;
    this._draw(this._ctx, view);
  },
});
