// Puts the parts together on one Leaflet map and offers them as `window.incidentLayer`.

const CLUSTERS_UP_TO = 6000; // points; beyond that numbered rings hide the pattern and dots show it
const DOTS_UP_TO = 300000; // beyond that dots run together and density reads better
const REPORT_PAUSE_MS = 350; // the map's position is told once it has come to rest

class IncidentLayer {
  constructor(map, options) {
    this.map = map;
    this.options = options;
    this.listeners = [];
    this.lastDrawMs = 0;
    this.selectedRow = -1;
    this.rectangle = null;
    this.modeChoice = "auto";
    this.pending = 0;
    const dark = options.theme ? options.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    this.theme = themeOf(dark, options.colours);
    this.basemap = new Basemap(this.theme, options.basemap ?? {});
    this.marks = new Marks(this.theme);
    this.areas = new Areas(this.theme);
    this._frame();
    this._sheets();
    this._point();
    this._setTheme(dark);
  }

  // --- the page

  _frame() {
    const container = this.map.getContainer();
    document.head.append(el("style", { text: this.options.css }));
    this.panel = new Panel({
      select: (row) => this._choose(row, true),
      close: () => this._choose(-1, false),
      report: (row) => this._tell({ report: this.incidents.ids[row] }),
      zoomTo: (rows) => this._zoomTo(rows),
    });
    this.timeline = new Timeline(this.theme, {
      window: (from, to, done) => this._windowMoved(from, to, done),
      known: (day, done) => this._knownMoved(day, done),
      play: (on) => this.bar.playing(on),
    });
    this.bar = new TimeBar(this.timeline, {
      actors: (names) => this._filter({ actors: names }),
      sources: (names) => this._filter({ sources: names }),
    });
    this.legend = new Legend({
      types: (names) => this._filter({ types: names }),
      offMap: () => this._listOffMap(),
      mode: (name) => this.setMode(name),
      deaths: (on) => this.setSizeByDeaths(on),
      tiles: this.options.standalone ? null : (on) => this.setTiles(on),
    });
    this.overview = new Overview(this.theme, { go: (lat, lon) => this.map.panTo([lat, lon]), all: () => this._zoomTo(this.incidents.visibleByTime()) });
    this.tip = el("div", { class: "cm-tip", hidden: true });
    this.tools = el("div", { class: "cm-tools" },
      button("Show all incidents of the window", { class: "cm-icon", onclick: () => this._zoomTo(this.incidents.visibleByTime()) }, icon(ICONS.fit)),
      button("List the incidents of the window", { class: "cm-icon", onclick: () => this._listAll() }, icon(ICONS.list)),
      button("Draw a rectangle to filter", { class: "cm-icon cm-rectangle", "aria-pressed": "false", onclick: () => this._startRectangle() }, icon(ICONS.box)));
    this.stage = el("div", { class: "cm-stage" }, container, this.tools, this._title(), this.legend.node, this.overview.canvas, this.overview.hint, this.tip, this.panel.node);
    this.root = el("div", { class: "cm-root" + (this.options.timeline === false ? " cm-plain" : "") },
      this.stage, el("div", { class: "cm-time" }, this.bar.node, this.timeline.canvas));
    document.body.append(this.root);
    for (const old of document.body.children) if (old !== this.root && old.tagName !== "SCRIPT") old.hidden = true;
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(this.map);
    this.map.attributionControl.setPrefix(false).addAttribution("Borders: Natural Earth");
    new ResizeObserver(() => this._resized()).observe(this.root);
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      this.root.addEventListener(name, () => { this.settled = true; }, { capture: true, passive: true });
    }
    document.addEventListener("keydown", (e) => { if (e.key === "Escape" && this.panel.open && !e.defaultPrevented) this._choose(-1, false); });
  }

  // A file that was handed on says what it shows; in the app the page around the frame does.
  _title() {
    const { title, note } = this.options;
    return title ? el("div", { class: "cm-title cm-card" }, el("strong", { text: title }), note ? el("span", { text: note }) : null) : null;
  }

  _resized() {
    this.map.invalidateSize({ pan: false });
    this.timeline.resize();
    if (this.incidents && !this.settled) this._firstView();
  }

  _sheets() {
    const pane = (name, z) => { this.map.createPane(name).style.zIndex = z; return name; };
    this.land = new Sheet((ctx, view) => this.basemap.drawLand(ctx, view), pane("land", 150)).addTo(this.map);
    this.markSheet = new Sheet((ctx, view) => this._drawMarks(ctx, view), pane("marks", 420)).addTo(this.map);
    // After the marks, because plates of areas and names keep clear of them.
    this.names = new Sheet((ctx, view) => this.basemap.drawNames(ctx, view), pane("names", 405)).addTo(this.map);
    this.areaSheet = new Sheet((ctx, view) => this.areas.draw(ctx, view, this._selectedArea()), pane("areas", 410)).addTo(this.map);
  }

  _setTheme(dark) {
    const theme = themeOf(dark, this.options.colours);
    this.theme = theme;
    for (const part of [this.basemap, this.areas, this.timeline, this.overview]) part.theme = theme;
    this.marks.setTheme(theme);
    this.root.classList.toggle("cm-dark", dark);
    theme.types.forEach((c, t) => this.root.style.setProperty("--t" + t, c));
    for (const name of ["ink", "quiet", "faint", "hollow", "rim", "accent", "land", "water", "brush"]) this.root.style.setProperty("--" + name, theme[name]);
    for (const sheet of [this.land, this.areaSheet, this.names, this.markSheet]) sheet.redraw();
    this.timeline.draw();
    this._orient();
  }

  // --- data

  receive(payload) {
    const started = performance.now();
    if (!this.incidents || this.incidents.hash !== payload.hash) this._load(payload);
    if (payload.theme && (payload.theme === "dark") !== this.theme.dark) this._setTheme(payload.theme === "dark");
    if (payload.state) this._apply(payload.state);
    this.loadMs = performance.now() - started;
  }

  _load(payload) {
    const before = this.incidents;
    const whole = !before || (before.from === before.low && before.to === before.high);
    const kept = before ? { from: before.from, to: before.to, filters: before.filters } : null;
    const selected = before && this.selectedRow >= 0 ? before.ids[this.selectedRow] : null;
    this.incidents = new Incidents(payload);
    if (kept) this.incidents.setFilters(kept.filters);
    if (!whole) this.incidents.setWindow(Math.max(kept.from, this.incidents.low), Math.min(kept.to, this.incidents.high), () => {});
    this.cells = null;
    this.cellsByZoom = new Map();
    this.areas.load(this.incidents);
    if (payload.around) {
      this.basemap.setAround(payload.around);
      this.land.redraw();
      this.names.redraw();
    }
    this.timeline.load(this.incidents);
    this.legend.load(this.incidents);
    this.overview.load(this.incidents, this.basemap.land);
    this.bar.load(this.incidents);
    this.selectedRow = selected === null ? -1 : this.incidents.rowOf(selected);
    if (!before) this.map.on("moveend", () => this._moved());
    if (!this.settled) this._firstView();
    this._all();
    this.timeline.resize();
  }

  // Where one was last in this session, else where the incidents are. Until somebody touches the map, it is fitted
  // anew whenever the frame takes its size.
  _firstView() {
    const kept = this._remembered();
    if (kept) this.map.setView([kept.lat, kept.lon], kept.zoom, { animate: false });
    else this._zoomTo(Array.from({ length: Math.min(this.incidents.placed, 50000) }, (_, row) => row), false);
  }

  // --- filters and time

  _apply(state) {
    const { incidents } = this;
    const change = {};
    for (const name of ["types", "actors", "sources"]) if (name in state) change[name] = state[name] && state[name].length ? state[name] : null;
    if ("rectangle" in state) { change.box = state.rectangle; this._markRectangle(state.rectangle); }
    if ("known_on" in state) change.knownOn = state.known_on ? toDay(state.known_on) : null;
    if (Object.keys(change).length) incidents.setFilters(change);
    if ("known_on" in state) { this.timeline.knownOn = change.knownOn; this.bar.knownOn(change.knownOn); }
    if ("types" in change) this.legend.set(change.types);
    if ("actors" in change) this.bar.actors.set(change.actors);
    if ("sources" in change) this.bar.sources.set(change.sources);
    if ("window" in state) {
      const [from, to] = state.window ? state.window.map(toDay) : [incidents.low, incidents.high];
      incidents.setWindow(from, to, () => {});
      [this.timeline.from, this.timeline.to] = [from, to];
    }
    this.timeline.tally();
    this._all();
    if (state.view || state.selected) this.settled = true;
    if (state.view) this.map.setView([state.view[0], state.view[1]], state.view[2], { animate: false });
    if ("selected" in state) this._choose(state.selected ? incidents.rowOf(state.selected) : -1, !state.view, true);
  }

  _filter(change) {
    this.incidents.setFilters(change);
    this.timeline.tally();
    this._all();
    this._tell();
  }

  setWindow(firstDay, lastDay) {
    const [from, to] = [toDay(firstDay), toDay(lastDay)];
    [this.timeline.from, this.timeline.to] = [from, to];
    this._step(from, to);
    this.timeline.draw();
  }

  // One change of the window, painted at once.
  _step(from, to) {
    const started = performance.now();
    const { incidents } = this;
    let areas = false;
    const cells = this._cells();
    const small = incidents.setWindow(from, to, (row, before, after) => {
      cells.change(row, before, after);
      if (row >= incidents.points) areas = true;
    });
    if (!small) {
      cells.recount();
      areas = true;
    }
    for (const [zoom, other] of this.cellsByZoom) if (other !== cells) this.cellsByZoom.delete(zoom);
    this.markSheet.redraw();
    if (areas) {
      this.areas.recount();
      this.areaSheet.redraw();
    }
    this._counts();
    this.lastDrawMs = performance.now() - started;
  }

  // Dragging can bring many moves to a frame; only the last one is painted.
  _windowMoved(from, to, done) {
    this.wanted = [from, to];
    if (!this.pending) {
      this.pending = requestAnimationFrame(() => {
        this.pending = 0;
        this._step(...this.wanted);
      });
    }
    this.bar.window(from, to);
    if (done) {
      this._tell();
      this._orient();
      this.names.redraw();
    }
  }

  _knownMoved(day, done) {
    this.incidents.setFilters({ knownOn: day });
    this.bar.knownOn(day);
    if (done) this.timeline.tally();
    this._all();
    if (done) this._tell();
  }

  // The small map, and the hint where the window's incidents all lie outside the view.
  _orient() {
    if (!this.incidents) return;
    const b = this.map.getBounds();
    const [nw, se] = [project(b.getNorth(), b.getWest()), project(b.getSouth(), b.getEast())];
    const world = 256 * 2 ** this.map.getZoom();
    const cells = this._cells();
    let seen = this.areas.hatched.length + this.areas.drawn.length;
    for (let u = 0; u < cells.size && !seen; u++) {
      const [x, y] = [cells.px[u] / world, cells.py[u] / world];
      if (x >= nw.x && x <= se.x && y >= nw.y && y <= se.y) seen += cells.total(u);
    }
    this.overview.draw(b, seen, this.visibleCount());
  }

  _counts() {
    this.legend.counts(this.incidents.totals);
    this.bar.counts(this.incidents.totals);
    this.bar.window(this.incidents.from, this.incidents.to);
  }

  _all() {
    this.cellsByZoom.clear();
    this.areas.recount();
    this.markSheet.redraw();
    this.areaSheet.redraw();
    this._counts();
    this._orient();
  }

  setTypes(names) {
    this.legend.set(names);
    this._filter({ types: names && names.length ? names : null });
  }

  setActors(names) {
    this.bar.actors.set(names);
    this._filter({ actors: names && names.length ? names : null });
  }

  setSources(names) {
    this.bar.sources.set(names);
    this._filter({ sources: names && names.length ? names : null });
  }

  setKnownOn(day) {
    this.timeline.setKnown(day === null ? null : toDay(day), true);
  }

  setBounds(south, west, north, east) {
    this.settled = true;
    this.map.fitBounds([[south, west], [north, east]], { animate: false });
  }

  visibleCount() {
    const { certain, possible, offMap } = this.incidents.totals;
    return certain + possible - offMap;
  }

  counts() {
    return { ...this.incidents.totals, byType: [...this.incidents.totals.byType] };
  }

  // --- marks

  get mode() {
    if (this.modeChoice !== "auto") return this.modeChoice;
    const n = this.incidents.points;
    return n <= CLUSTERS_UP_TO ? "clusters" : n <= DOTS_UP_TO ? "dots" : "density";
  }

  setMode(mode) {
    this.modeChoice = mode;
    this._all();
  }

  setSizeByDeaths(on) {
    this.marks.byDeaths = on;
    this.markSheet.redraw();
    this.areaSheet.redraw();
  }

  // Tiles come from the network, so only when somebody asks for them; their makers are named.
  setTiles(on) {
    this.basemap.tiles = on;
    if (on) {
      this.tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
        attribution: '&copy; <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener noreferrer">OpenStreetMap</a> contributors', maxZoom: 19,
      }).addTo(this.map);
    } else this.tiles?.remove();
    this.land.redraw();
    this.names.redraw();
  }

  _cells() {
    const zoom = Math.round(this.map.getZoom());
    const key = zoom + this.mode;
    if (!this.cellsByZoom.has(key)) this.cellsByZoom.set(key, new Cells(this.incidents, zoom, this.mode));
    return this.cellsByZoom.get(key);
  }

  _drawMarks(ctx, view) {
    if (!this.incidents) return;
    const cells = this._cells();
    const row = this.selectedRow;
    const selected = row >= 0 && row < this.incidents.points && this.incidents.state[row] ? cells.unitOf[row] : -1;
    this.marks.draw(ctx, view, cells, selected);
    this.areas.avoid = this.marks.drawn;
    this.basemap.avoid = this.marks.drawn.length < 500 ? this.marks.drawn : [];
  }

  _selectedArea() {
    return this.selectedRow >= this.incidents?.points ? this.incidents.area[this.selectedRow] : -1;
  }

  // --- pointing and choosing

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
    const unit = this.marks.at(cells, p.x, p.y, reach);
    if (unit >= 0) return { rows: cells.rows(unit), unit };
    const areas = this.areas.at(256 * 2 ** zoom, p.x, p.y);
    return areas ? { rows: this.areas.rows(areas), areas } : null;
  }

  _clicked(event) {
    if (this.drawing) return;
    const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
    const found = this.options.pick ? null : this._at(event, touch ? 14 : 4);
    if (found && found.rows.length === 1) this._choose(found.rows[0], false);
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
    this.panel.list(this.incidents, sorted, plural(rows.length, "incident") + where, !place);
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
    this.panel.list(this.incidents, rows, plural(rows.length, "incident"), false);
  }

  _listOffMap() {
    const rows = this.incidents.visibleByTime().filter((row) => row >= this.incidents.placed);
    this.panel.list(this.incidents, rows, plural(rows.length, "incident") + " not on the map", false);
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
    this.areaSheet.redraw();
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
    this.map.panBy([at.x - right / 2, at.y - bottom / 2], { animate: true, duration: 0.35 });
  }

  _hovered(event) {
    if (this.drawing || event.originalEvent.buttons) return;
    const found = this._at(event, 3);
    const area = found && found.areas && found.areas.length === 1 ? found.areas[0] : -1;
    const reach = found && !found.areas && found.rows.length === 1 ? found.rows[0] : -1;
    if (area !== this.areas.hover || reach !== this.reachRow) {
      this.areas.hover = area;
      this._showReach(reach);
      this.areaSheet.redraw();
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
    this.areas.reach = p ? { ...p, km: this.incidents.radius[shown] / 1000, lat: unproject(p.x, p.y).lat } : null;
  }

  _fillTip({ rows, areas }) {
    const { incidents } = this;
    const row = rows[0];
    const place = this._commonPlace(rows, areas);
    if (rows.length > 1) {
      const first = rows.reduce((a, r) => Math.min(a, incidents.first[r]), Infinity);
      const last = rows.reduce((a, r) => Math.max(a, incidents.last[r]), -Infinity);
      const span = first <= -UNDATED ? "" : shortDay(first) + " – " + shortDay(last);
      this.tip.replaceChildren(el("strong", { text: plural(rows.length, "incident") + (place ? ", " + place : "") }), el("span", { text: span }));
      return;
    }
    const title = el("strong", { text: incidents.types[incidents.type[row]] ?? "Incident" });
    incidents.words.of(row).then((w) => { if (w && w.title) title.textContent = w.title; });
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
    const wide = this.map.getSize().x > 900;
    this.map.fitBounds([[se.lat, nw.lon], [nw.lat, se.lon]], { paddingTopLeft: [wide ? 60 : 30, 40], paddingBottomRight: [wide ? 60 : 30, 40], maxZoom: 9, animate });
  }

  // --- the rectangle

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

  // --- telling Streamlit

  _moved() {
    this._remember();
    this._orient();
    clearTimeout(this.moving);
    if (this.options.reportView) this.moving = setTimeout(() => this._tell(), REPORT_PAUSE_MS);
  }

  value() {
    const { incidents } = this;
    const b = this.map.getBounds();
    const c = this.map.getCenter().wrap();
    const round = (v) => Math.round(v * 1e4) / 1e4;
    const whole = incidents.from === incidents.low && incidents.to === incidents.high;
    const f = incidents.filters;
    return {
      selected: this.selectedRow < 0 ? null : incidents.ids[this.selectedRow],
      window: whole ? null : [toIso(incidents.from), toIso(incidents.to)],
      known_on: f.knownOn === null ? null : toIso(f.knownOn),
      types: f.types ?? [], actors: f.actors ?? [], sources: f.sources ?? [],
      rectangle: f.box,
      bounds: [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()].map(round),
      view: [round(c.lat), round(c.lng), this.map.getZoom()],
      clicked: this.clicked ?? null,
      report: this.reported ?? null,
      report_seq: this.reportSeq ?? 0,
    };
  }

  _tell(extra = {}) {
    if (extra.report) {
      this.reported = extra.report;
      this.reportSeq = Date.now();
    }
    clearTimeout(this.moving);
    if (this.pending) { // the window's last move counts, painted or not
      cancelAnimationFrame(this.pending);
      this.pending = 0;
      this._step(...this.wanted);
    }
    const value = this.value();
    this._remember();
    window.Streamlit?.setComponentValue(value);
    return value;
  }

  // The frame is made anew when one comes back to the page: the position is kept in this browser tab.
  _remember() {
    if (!this.options.remember) return;
    const c = this.map.getCenter();
    try {
      sessionStorage.setItem(this.options.remember, JSON.stringify({ lat: c.lat, lon: c.lng, zoom: this.map.getZoom() }));
    } catch { /* storage can be forbidden; then the view starts afresh */ }
  }

  _remembered() {
    try {
      return this.options.remember ? JSON.parse(sessionStorage.getItem(this.options.remember)) : null;
    } catch {
      return null;
    }
  }
}

