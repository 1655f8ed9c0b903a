// What the layer is made of: the parts, the canvases on the map and the page around them.

class Stage {
  constructor(map, options) {
    this.map = map;
    this.options = options;
    this.listeners = [];
    this.lastDrawMs = 0;
    this.selectedRow = -1;
    this.rectangle = null;
    this.modeChoice = "auto";
    this.pending = 0;
    this.due = {};
    this.painted = new Promise((done) => { this.paintedOnce = done; }); // resolves to the time at which the incidents stood there first
    const dark = options.theme ? options.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    this.theme = themeOf(dark, options.colours);
    this.basemap = new Basemap(this.theme);
    if (options.basemap) this.basemap.take(options.basemap);
    this.marks = new Marks(this.theme);
    this.areas = new Areas(this.theme);
    this.plates = new Plates(this.areas);
    document.documentElement.lang = "en";
    this._frame();
    this._sheets();
    this._point();
    this._setTheme(dark);
  }

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

  // Whether the parts have another size than they were drawn for.
  _measure() {
    const sizes = [this.root.clientWidth, this.stage.clientHeight, this.timeline.canvas.clientHeight].join();
    if (sizes === this.sizes) return false;
    this.sizes = sizes;
    this.map.invalidateSize({ pan: false });
    this.timeline.resize();
    return true;
  }

  _resized() {
    if (!this._measure() || !this.incidents || this.settled) return;
    this._firstView();
    if (this.selectedRow >= 0) this._moveTo(this.selectedRow);
  }

  _sheets() {
    // Nothing is drawn before the incidents have come: the view then is the right one, and land costs its time once.
    const sheet = (draw, name) => new Sheet((ctx, view) => { if (this.ready) draw(ctx, view); }, name).addTo(this.map);
    const pane = (name, z) => { this.map.createPane(name).style.zIndex = z; return name; };
    this.land = sheet((ctx, view) => this.basemap.drawLand(ctx, view), pane("land", 150));
    this.markSheet = sheet((ctx, view) => this._drawMarks(ctx, view), pane("marks", 420));
    // After the marks, because plates of areas and names keep clear of them.
    this.names = sheet((ctx, view) => this.basemap.drawNames(ctx, view), pane("names", 405));
    this.areaSheet = sheet((ctx, view) => this.areas.draw(ctx, view, this._selectedArea()), pane("areas", 410));
    this.plateSheet = sheet((ctx, view) => this.plates.draw(ctx, view, this.theme), pane("plates", 430));
  }

  _setTheme(dark) {
    const theme = themeOf(dark, this.options.colours);
    this.theme = theme;
    for (const part of [this.basemap, this.areas, this.timeline, this.overview]) part.theme = theme;
    this.marks.setTheme(theme);
    this.root.classList.toggle("cm-dark", dark);
    theme.types.forEach((c, t) => this.root.style.setProperty("--t" + t, c));
    for (const name of ["ink", "quiet", "faint", "hollow", "rim", "accent", "land", "water", "brush"]) this.root.style.setProperty("--" + name, theme[name]);
    this._redraw();
    this.timeline.draw();
    this._orient();
  }

  _redraw() {
    for (const sheet of [this.land, this.markSheet, this.areaSheet, this.plateSheet, this.names]) sheet.redraw();
  }
}
