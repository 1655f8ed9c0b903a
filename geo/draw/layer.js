// Incidents, filters and time on one Leaflet map: what `window.incidentLayer` offers.

const CLUSTERS_UP_TO = 6000; // points; beyond that numbered rings hide the pattern and dots show it
const DETAILS_AFTER_MS = 400; // after the first paint, which they would only hold up
const LAG_MS = 120; // for figures on the map and beside it
const HATCH_LAG_MS = 700; // for the look of areas
const DOTS_UP_TO = 300000; // beyond that dots run together and density reads better

class IncidentLayer extends Telling {
  // --- data

  // Takes on what Python says: `pack` (columns) and `details` are bytes, `content` names what they belong to; `initial` is
  // how a frame that was just made begins, `state` what a living one changes; `turn` tells one change from its echo.
  receive({ pack, content, details, answered, theme, initial, turn, state }) {
    const started = performance.now();
    const fresh = !this.incidents;
    if (theme && (theme === "dark") !== this.theme.dark) this._setTheme(theme === "dark");
    if (pack && (fresh || this.holds !== content)) this._load(unframe(pack), content);
    if (!this.incidents || this.holds !== content) {
      this._ask();
      return;
    }
    if (details && answered !== this.answered) this.incidents.details.take(details);
    this.answered = answered;
    const wishes = fresh ? initial : turn === this.turn ? null : state;
    this.turn = turn;
    if (fresh) this._settle();
    if (wishes && Object.keys(wishes).length) this._apply(wishes);
    if (fresh) this._begin();
    this.loadMs = performance.now() - started;
  }

  _load(packed, content) {
    const before = this.incidents;
    const whole = !before || (before.from === before.low && before.to === before.high);
    const selected = before && this.selectedRow >= 0 ? before.ids[this.selectedRow] : null;
    this.holds = content;
    this.incidents = new Incidents(packed, this._details(packed.header));
    if (before) this.incidents.setFilters(before.filters);
    if (!whole) this.incidents.setWindow(Math.max(before.from, this.incidents.low), Math.min(before.to, this.incidents.high), () => {});
    this.cellsByZoom = new Map();
    this.areas.load(this.incidents);
    if (packed.header.around) this.basemap.takeAround(packed.header.around);
    this.timeline.load(this.incidents);
    this.legend.load(this.incidents);
    this.bar.load(this.incidents);
    this.selectedRow = selected === null ? -1 : this.incidents.rowOf(selected);
    if (!before) return;
    this._settle();
    this._begin();
  }

  _details(header) {
    const details = new Details(this.options.tell ? () => this._ask() : null);
    if (header.behind) details.settle(detailsBehind(...header.behind));
    else if (header.whole) setTimeout(() => details.wantWhole(), DETAILS_AFTER_MS);
    return details;
  }

  // Fills what takes room beside the map and finds the view, so that nothing has to be painted twice.
  _settle() {
    this._counts();
    this._measure();
    if (!this.settled) this._firstView();
  }

  // The first paint, once everything that it depends on is known.
  _begin() {
    if (!this.moves) this.moves = this.map.on("moveend", () => this._moved());
    this.ready = true;
    for (const sheet of [this.land, this.markSheet, this.areaSheet, this.plateSheet]) sheet.redraw();
    this._counts();
    // The timeline, names and the overview come a blink later: the incidents do not wait for them.
    requestAnimationFrame(() => setTimeout(() => {
      this.paintedOnce(performance.now());
      this.timeline.show();
      this._orientation();
      this.incidents.makeReady();
    }));
  }

  // Land that comes after the layer: { land, lakes, coast, country, region, disputed, labels }, see basemap.py.
  setLand(data) {
    this.basemap.take(data);
    this.land.redraw();
    this._orientation();
  }

  _orientation() {
    this.overview.load(this.incidents, this.basemap.land);
    this.names.redraw();
    this._orient();
  }

  // Where one was last in this session, else where the incidents are. Until somebody touches the map, it is fitted
  // anew whenever the frame takes its size.
  _firstView() {
    const kept = this._remembered();
    if (this.wishedView) this.map.setView([this.wishedView[0], this.wishedView[1]], this.wishedView[2], { animate: false });
    else if (kept) this.map.setView([kept.lat, kept.lon], kept.zoom, { animate: false });
    else this._zoomTo(coreRows(this.incidents), false);
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
    if (state.view) {
      this.wishedView = state.view;
      this.map.setView([state.view[0], state.view[1]], state.view[2], { animate: false });
    }
    if ("selected" in state) this._choose(state.selected ? incidents.rowOf(state.selected) : -1, !state.view, true);
  }

  _filter(change) {
    this.incidents.setFilters(change);
    this.timeline.tally();
    this._all();
    this._tell();
  }

  unpacked(text) {
    return fromBase64(text);
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
      if (row < incidents.points) cells.change(row, before, after);
      else if (row < incidents.placed) {
        this.areas.change(row, before, after);
        areas = true;
      }
    });
    if (!small) {
      cells.recount();
      this.areas.recount();
      areas = true;
    }
    for (const [zoom, other] of this.cellsByZoom) if (other !== cells) this.cellsByZoom.delete(zoom);
    this.markSheet.redraw();
    if (areas) this._areasMoved();
    this._soon("counts", LAG_MS, () => this._counts());
    this.lastDrawMs = performance.now() - started;
  }

  _redrawAreas() {
    this.areaSheet.redraw();
    this.plateSheet.redraw();
  }

  _areasMoved() {
    this._soon("plates", LAG_MS, () => this.plateSheet.redraw());
    this._soon("hatching", HATCH_LAG_MS, () => this.areaSheet.redraw());
  }

  // What may lag behind a moving hand by a blink, so that the marks keep up with it: done at once when there was a
  // pause, else when it is due.
  _soon(name, lag, act) {
    const due = this.due[name] ?? { at: 0, timer: 0 };
    this.due[name] = due;
    clearTimeout(due.timer);
    const run = () => {
      act();
      due.at = performance.now();
    };
    const wait = due.at + lag - performance.now();
    if (wait <= 0) run();
    else due.timer = setTimeout(run, wait);
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
    let seen = this.areas.hatched.length + this.plates.drawn.length;
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
    if (!this.ready) return; // drawn when all is known
    this.markSheet.redraw();
    this._redrawAreas();
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
    this._redrawAreas();
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
    const { drawn } = this.marks;
    this.plates.avoid = cells.mode === "clusters" && drawn.length <= MARKS_TO_AVOID ? drawn : null;
    this.basemap.avoid = drawn.length < 500 ? drawn : [];
  }

  _selectedArea() {
    return this.selectedRow >= this.incidents?.points ? this.incidents.area[this.selectedRow] : -1;
  }
}
