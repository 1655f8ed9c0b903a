// Pointing at incidents and areas, choosing one, and the lists, tips and rectangles that go with it.

const MOST_LOOKED_AT = 5000; // rows: of more a sample says as well where they lie

class Pointing extends Stage {
  _point() {
    this.map.on("click", (e) => this._clicked(e));
    this.map.on("mousemove", (e) => this._hovered(e));
    this.map.on("mouseout movestart zoomstart", () => { this.tip.hidden = true; });
  }

  _at(event, reach) {
    if (!this.incidents) return null;
    const zoom = this.map.getZoom();
    const p = this.map.project(event.latlng, zoom);
    const cells = this._cells();
    const plate = this.plates.at(p.x, p.y);
    if (plate) return { rows: this.areas.rows(plate), areas: plate };
    const unit = this.marks.at(p.x, p.y, reach);
    if (unit >= 0) return { rows: cells.rows(unit), unit };
    const area = this.areas.at(256 * 2 ** zoom, p.x, p.y);
    return area >= 0 ? { rows: this.areas.rows([area]), areas: [area] } : null;
  }

  _clicked(event) {
    if (this.drawing) return;
    this.tip.hidden = true; // what it says stands in the panel now
    const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
    const found = this.options.pick ? null : this._at(event, touch ? 14 : 4);
    if (found && found.rows.length === 1) this._choose(found.rows[0], true);
    else if (found && found.rows.length) this._listRows(found);
    else this._clickedNothing(event.latlng.wrap());
  }

  _clickedNothing(latlng) {
    if (!this.options.pick) {
      this._choose(-1, false);
      return;
    }
    this.clicked = [Math.round(latlng.lat * 1e5) / 1e5, Math.round(latlng.lng * 1e5) / 1e5];
    if (!this.pin) this.pin = L.circleMarker(latlng, { radius: 8, weight: 3, color: this.theme.accent, fillColor: this.theme.hollow, fillOpacity: 1 }).addTo(this.map);
    this.pin.setLatLng(latlng);
    this._tell();
  }

  _listRows({ rows, areas }) {
    this.selectedRow = -1;
    const sorted = rows.slice().sort((a, b) => this.incidents.first[a] - this.incidents.first[b] || a - b);
    const place = this._commonPlace(rows, areas);
    const where = !place ? " here" : (areas ? " somewhere in " : ", ") + place;
    this.panel.list(this.incidents, sorted, plural(rows.length, this.incidents.noun) + where, !place);
    this._changedSelection();
  }

  // The name that all rows share; "" where there are several.
  _commonPlace(rows, areas) {
    if (areas) return areas.length === 1 ? this.incidents.areas[areas[0]].name : "";
    const { place, places } = this.incidents;
    return rows.every((row) => place[row] === place[rows[0]]) ? places[place[rows[0]]] ?? "" : "";
  }

  _listAll() {
    const rows = this.incidents.visibleByTime();
    this.panel.list(this.incidents, rows, plural(rows.length, this.incidents.noun), false);
  }

  _listOffMap() {
    const rows = this.incidents.visibleByTime().filter((row) => row >= this.incidents.placed);
    this.panel.list(this.incidents, rows, plural(rows.length, this.incidents.noun) + " not on the map", false);
  }

  // Selects a row: details open, the mark gets a ring, Streamlit hears of it. -1 clears.
  _choose(row, move, silent) {
    this.selectedRow = row ?? -1;
    if (this.selectedRow < 0) this.panel.close();
    else {
      this.detailsShown = this.panel.incident(this.incidents, row, this.options.report === true);
      if (move) this._moveTo(row);
    }
    this._changedSelection();
    if (!silent) this._tell();
  }

  _changedSelection() {
    this._showReach(-1);
    this.markSheet.redraw();
    this._redrawAreas();
    for (const listener of this.listeners) listener(this.selectedRow < 0 ? null : this.incidents.ids[this.selectedRow]);
  }

  select(id) {
    this._choose(id === null ? -1 : this.incidents.rowOf(id), true);
    return this.detailsShown;
  }

  onSelect(listener) {
    this.listeners.push(listener);
  }

  // Brings a row into the part of the map that the panel does not cover.
  _moveTo(row) {
    const p = this.incidents.position(row);
    if (!p) return;
    const at = this.map.latLngToContainerPoint(Object.values(unproject(p.x, p.y)));
    const size = this.map.getSize();
    const right = size.x > 640 ? size.x - 400 : size.x;
    const bottom = size.x > 640 ? size.y : size.y * 0.4;
    if (at.x > 40 && at.y > 40 && at.x < right - 40 && at.y < bottom - 20) return;
    this.map.panBy([at.x - right / 2, at.y - bottom / 2], { animate: !!this.ready, duration: 0.35 });
  }

  _hovered(event) {
    if (this.drawing || event.originalEvent.buttons) return;
    const found = this._at(event, 3);
    const area = found && found.areas && found.areas.length === 1 ? found.areas[0] : -1;
    const reach = found && !found.areas && found.rows.length === 1 ? found.rows[0] : -1;
    if (area !== this.areas.hover || reach !== this.reachRow) {
      this.areas.hover = area;
      this._showReach(reach);
      this._redrawAreas();
    }
    this.map.getContainer().classList.toggle("cm-over", !!found);
    this.tip.hidden = !found || !found.rows.length;
    if (this.tip.hidden) return;
    this._fillTip(found);
    const p = event.containerPoint;
    const size = this.map.getSize();
    this.tip.style.transform = "translate(" + Math.round(Math.min(p.x + 14, size.x - this.tip.offsetWidth - 8)) + "px," + Math.round(Math.min(p.y + 14, size.y - this.tip.offsetHeight - 8)) + "px)";
  }

  _showReach(row) {
    this.reachRow = row;
    const shown = row >= 0 ? row : this.selectedRow;
    const point = shown >= 0 && shown < this.incidents.points;
    const p = point && this.incidents.position(shown);
    this.areas.reach = p ? { ...p, km: this.incidents.tenths[shown] / 10, lat: unproject(p.x, p.y).lat } : null;
  }

  _fillTip({ rows, areas }) {
    const { incidents } = this;
    const row = rows[0];
    const place = this._commonPlace(rows, areas);
    if (rows.length > 1) {
      const first = rows.reduce((a, r) => Math.min(a, incidents.first[r]), Infinity);
      const last = rows.reduce((a, r) => Math.max(a, incidents.last[r]), -Infinity);
      const span = first <= -UNDATED ? "" : shortDay(first) + " – " + shortDay(last);
      this.tip.replaceChildren(el("strong", { text: plural(rows.length, this.incidents.noun) + (place ? ", " + place : "") }), el("span", { text: span }));
      return;
    }
    const told = incidents.details.peek(row); // a passing pointer asks for nothing that is not at hand
    const title = el("strong", { text: told?.title || (incidents.types[incidents.type[row]] ?? "Incident") });
    const deaths = incidents.deaths[row];
    this.tip.replaceChildren(title, el("span", { text: [rowDays(incidents, row), place, deaths > 0 ? deaths + " killed" : ""].filter(Boolean).join(" · ") }));
  }

  _zoomTo(rows, animate = true) {
    let [left, right, top, bottom] = [9, -9, 9, -9];
    for (const row of rows) {
      const p = this.incidents.position(row);
      if (!p) continue;
      [left, right, top, bottom] = [Math.min(left, p.x), Math.max(right, p.x), Math.min(top, p.y), Math.max(bottom, p.y)];
    }
    if (left > right) {
      if (!this.incidents.placed) this.map.setView([25, 20], 2, { animate: false });
      return;
    }
    const [nw, se] = [unproject(left, top), unproject(right, bottom)];
    this.map.fitBounds([[se.lat, nw.lon], [nw.lat, se.lon]], { ...this._uncovered(), maxZoom: 9, animate });
  }

  // The room that nothing lies over, as Leaflet's padding: beside the open legend and what stands at the other edge.
  _uncovered() {
    const { x } = this.map.getSize();
    const edge = x > 900 ? 60 : 30;
    const legend = this.legend.node.open ? this.legend.node.offsetLeft + this.legend.node.offsetWidth : 0;
    const right = this.panel.open && x > 640 ? this.panel.node.offsetWidth : this.overview.canvas.hidden ? 0 : this.overview.canvas.offsetWidth;
    const title = this.stage.querySelector(".cm-title")?.offsetHeight ?? 0;
    const [leftward, rightward] = [Math.max(edge, legend + 24), Math.max(edge, right + 24)];
    if (leftward + rightward > 0.7 * x) return { paddingTopLeft: [edge, 40], paddingBottomRight: [edge, 40] }; // no room is left between them
    return { paddingTopLeft: [leftward, Math.max(40, title + 24)], paddingBottomRight: [rightward, 40] };
  }

  async _startRectangle() {
    if (this.incidents.filters.box) {
      this._markRectangle(null);
      this._filter({ box: null });
      return;
    }
    if (this.drawing) return;
    this.drawing = true;
    const edges = await drawRectangle(this.map, this.theme.accent);
    this.drawing = false;
    if (!edges) return;
    this._markRectangle(edges);
    this._filter({ box: edges });
  }

  _markRectangle(edges) {
    this.rectangle?.remove();
    this.rectangle = edges ? L.rectangle([[edges[0], edges[1]], [edges[2], edges[3]]], { color: this.theme.accent, weight: 1.5, dashArray: "5 4", fill: false, interactive: false }).addTo(this.map) : null;
    this.tools.querySelector(".cm-rectangle").setAttribute("aria-pressed", String(!!edges));
  }
}

// The rows that the first view is fitted to: exact places and areas below a country; where a few lie far from all
// others, the others. The overview shows the rest, and a button fits everything.
function coreRows(incidents) {
  const rows = [];
  const step = Math.ceil(incidents.placed / MOST_LOOKED_AT);
  for (let row = 0; row < incidents.placed; row += step) {
    if (row < incidents.points || incidents.prec[row] < COUNTRY_PREC) rows.push(row);
  }
  if (rows.length < 8) return rows.length ? rows : Array.from({ length: incidents.placed }, (_, row) => row);
  const xs = new Float64Array(rows.length);
  const ys = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const p = incidents.position(row);
    xs[i] = p.x;
    ys[i] = p.y;
  });
  const inner = (values) => {
    const sorted = values.slice().sort();
    const [all, low, high] = [sorted.at(-1) - sorted[0], sorted[Math.floor(sorted.length * 0.08)], sorted[Math.floor(sorted.length * 0.92)]];
    const margin = (high - low) * 0.5 + 0.004;
    return all > 2.5 * (high - low) ? [low - margin, high + margin] : [0, 1];
  };
  const [left, right] = inner(xs);
  const [top, bottom] = inner(ys);
  return rows.filter((_, i) => xs[i] >= left && xs[i] <= right && ys[i] >= top && ys[i] <= bottom);
}
