// What one sets by hand: the legend that filters by type, the lists of actors and sources, and the row above the timeline.

const SPEEDS = [[2, "2 days/s"], [7, "a week/s"], [30, "a month/s"], [90, "a quarter/s"]];
const PRESETS = [["All", null], ["7 d", 7, "Last 7 days"], ["30 d", 30, "Last 30 days"], ["90 d", 90, "Last 90 days"], ["1 y", 365, "Last year"]];
const MODES = [["auto", "automatic"], ["clusters", "numbers"], ["dots", "dots"], ["density", "density"]];
const MAX_CHOICES = 200; // names shown at once in a filter; the search field finds the others

class Legend {
  constructor(acts) {
    this.acts = acts; // {types(list), offMap(), mode(name), deaths(on), tiles(on) or null}
    this.off = new Set();
    this.list = el("ul", { class: "cm-types" });
    this.offMap = el("button", { type: "button", class: "cm-off-map", onclick: () => acts.offMap() });
    this.node = el("details", { class: "cm-legend cm-card", open: window.innerWidth > 640 },
      el("summary", { text: "Legend" }),
      this.list,
      el("ul", { class: "cm-doubt" },
        el("li", {}, el("span", { class: "cm-dot", style: "--c:var(--quiet)" }), "certainly in the window"),
        el("li", {}, el("span", { class: "cm-dot cm-hollow", style: "--c:var(--quiet)" }), "possibly: the day is not exact"),
        el("li", {}, el("span", { class: "cm-hatch" }), "only the area is known"),
        el("li", {}, el("span", { class: "cm-dashed" }), "disputed border; no border here is a statement")),
      this.offMap, this._settings());
  }

  _settings() {
    const { acts } = this;
    const mode = el("select", { onchange: () => acts.mode(mode.value) }, MODES.map(([value, name]) => el("option", { value, text: name })));
    const tick = (label, act) => {
      const box = el("input", { type: "checkbox", onchange: () => act(box.checked) });
      return el("label", {}, box, label);
    };
    return el("details", { class: "cm-settings" }, el("summary", { text: "Drawing" }),
      el("label", {}, "Marks ", mode),
      tick("Size by deaths", acts.deaths),
      acts.tiles ? tick("OpenStreetMap tiles (asks their server)", acts.tiles) : null);
  }

  load(incidents) {
    this.incidents = incidents;
    const names = [...incidents.types, "Other"];
    this.rows = incidents.present.map((t) => {
      const name = names[t];
      const count = el("span", { class: "cm-number" });
      const node = el("button", { type: "button", class: "cm-type", "aria-pressed": "true", title: "Show or hide; double click for this alone", onclick: () => this._toggle(name), ondblclick: () => this._alone(name) },
        el("span", { class: "cm-dot", style: "--c:var(--t" + t + ")" }), el("span", { class: "cm-name", text: name }), count);
      return { name, node, count, t };
    });
    this.list.replaceChildren(...this.rows.map((r) => el("li", {}, r.node)));
  }

  set(types) {
    const shown = types && types.length ? new Set(types) : null;
    this.off = new Set(this.rows.map((r) => r.name).filter((n) => shown && !shown.has(n)));
    this._mark();
  }

  _toggle(name) {
    if (this.off.has(name)) this.off.delete(name);
    else this.off.add(name);
    if (this.off.size === this.rows.length) this.off.clear(); // nothing at all is never what one wants to see
    this._tell();
  }

  _alone(name) {
    this.off = new Set(this.rows.map((r) => r.name).filter((n) => n !== name));
    this._tell();
  }

  _mark() {
    for (const r of this.rows) r.node.setAttribute("aria-pressed", String(!this.off.has(r.name)));
  }

  _tell() {
    this._mark();
    this.acts.types(this.off.size ? this.rows.map((r) => r.name).filter((n) => !this.off.has(n)) : null);
  }

  counts(totals) {
    for (const r of this.rows) setText(r.count, grouped(totals.byType[r.t]));
    this.offMap.hidden = !totals.offMap;
    this.offMap.textContent = plural(totals.offMap, "place") + " unknown: not on the map";
  }
}

// A button that opens a searchable list of names to tick.
class Choice {
  constructor(label, tell) {
    this.label = label;
    this.tell = tell;
    this.chosen = new Set();
    this.names = [];
    this.button = el("summary", { class: "cm-chip" });
    this.search = el("input", { type: "search", placeholder: "Find…", "aria-label": "Find among " + label.toLowerCase(), oninput: () => this._fill() });
    this.list = el("div", { class: "cm-choices" });
    this.node = el("details", { class: "cm-choice" }, this.button,
      el("div", { class: "cm-card cm-popover" }, this.search, this.list,
        el("button", { type: "button", class: "cm-text", onclick: () => { this.set([]); this.tell(null); } }, "Clear")));
    this.node.addEventListener("toggle", () => this.node.open && this._fill());
    this.node.addEventListener("keydown", (e) => {
      if (e.key !== "Escape" || !this.node.open) return;
      this.node.open = false;
      this.button.focus();
    });
    document.addEventListener("pointerdown", (e) => { if (!this.node.contains(e.target)) this.node.open = false; });
    this._title();
  }

  load(names) {
    this.names = names;
    this.node.hidden = names.length < 2;
    this.search.hidden = names.length < 12;
    this._title();
  }

  set(names) {
    this.chosen = new Set(names ?? []);
    this._title();
    if (this.node.open) this._fill();
  }

  _title() {
    this.button.textContent = this.chosen.size ? this.label + ": " + this.chosen.size : this.label;
    this.button.classList.toggle("cm-on", this.chosen.size > 0);
  }

  _fill() {
    const find = this.search.value.trim().toLocaleLowerCase();
    const found = this.names.filter((n) => n.toLocaleLowerCase().includes(find));
    this.list.replaceChildren(...found.slice(0, MAX_CHOICES).map((name) => el("label", {},
      this._tick(name), el("span", { text: name }))),
    ...(found.length > MAX_CHOICES ? [el("p", { class: "cm-fine", text: (found.length - MAX_CHOICES) + " more: type to find them" })] : []));
  }

  _tick(name) {
    const box = el("input", { type: "checkbox", checked: this.chosen.has(name) });
    box.addEventListener("change", () => {
      if (box.checked) this.chosen.add(name);
      else this.chosen.delete(name);
      this._title();
      this.tell(this.chosen.size ? [...this.chosen].sort() : null);
    });
    return box;
  }
}

// Play, presets, exact dates, filters, "as known on" and the counts: one row above the histogram.
class TimeBar {
  constructor(timeline, acts) {
    this.timeline = timeline;
    this.acts = acts; // {actors(list), sources(list), rectangle(), clear()}
    this.play = button("Play", { class: "cm-icon cm-play", onclick: () => timeline.toggle() }, icon(ICONS.play));
    this.speed = el("select", { "aria-label": "Speed", title: "Speed", onchange: () => { timeline.daysASecond = Number(this.speed.value); } },
      SPEEDS.map(([days, name]) => el("option", { value: days, selected: days === 7, text: name })));
    this.presets = PRESETS.map(([name, days, title]) => el("button", { type: "button", class: "cm-preset", title: title ?? "Every day", onclick: () => this._preset(days) }, name));
    this.from = this._day("First day", (day) => timeline.set(day, Math.max(day, timeline.to), true));
    this.to = this._day("Last day", (day) => timeline.set(Math.min(day, timeline.from), day, true));
    this.known = el("input", { type: "checkbox", onchange: () => this._known() });
    this.knownDay = this._day("Known on", (day) => timeline.setKnown(day, true));
    this.knownDay.hidden = true;
    this.actors = new Choice("Actors", (names) => acts.actors(names));
    this.sources = new Choice("Sources", (names) => acts.sources(names));
    this.summary = el("output", { class: "cm-summary", "aria-live": "polite" });
    this.node = el("div", { class: "cm-bar" },
      el("div", { class: "cm-group" }, this.play, this.speed,
        el("div", { class: "cm-presets", role: "group", "aria-label": "Spans of time" }, this.presets)),
      el("div", { class: "cm-group" },
        el("span", { class: "cm-days" }, this.from, el("span", { class: "cm-dash", text: "–" }), this.to),
        el("label", { class: "cm-known", title: "Only what had been published by that day" }, this.known, el("span", { text: "as known on" })), this.knownDay),
      el("div", { class: "cm-group" }, this.actors.node, this.sources.node),
      el("span", { class: "cm-space" }),
      this.summary);
  }

  _day(label, tell) {
    return el("input", { type: "date", "aria-label": label, title: label, onchange: (e) => { if (e.target.value && e.target.validity.valid) tell(toDay(e.target.value)); } });
  }

  _preset(days) {
    const t = this.timeline;
    t.stop();
    t.set(days === null ? t.low : t.high - days + 1, t.high, true);
  }

  _known() {
    this.knownDay.hidden = !this.known.checked;
    this.timeline.setKnown(this.known.checked ? this.timeline.knownHigh : null, true);
  }

  load(incidents) {
    for (const input of [this.from, this.to]) {
      input.min = toIso(incidents.low);
      input.max = toIso(incidents.high);
    }
    this.knownDay.min = toIso(this.timeline.knownLow);
    this.knownDay.max = toIso(this.timeline.knownHigh);
    this.noun = incidents.noun;
    this.summary.title = this.noun === "site" ? "An incident at several places counts once at each" : "";
    this.actors.load(incidents.actors);
    this.sources.load(incidents.publishers);
  }

  window(from, to) {
    const t = this.timeline;
    for (const [input, day] of [[this.from, toIso(from)], [this.to, toIso(to)]]) {
      if (document.activeElement !== input && input.value !== day) input.value = day;
    }
    const length = to - from + 1;
    PRESETS.forEach(([, days], i) => {
      const on = days === null ? from === t.low && to === t.high : to === t.high && length === days;
      this.presets[i].setAttribute("aria-pressed", String(on));
    });
  }

  knownOn(day) {
    this.known.checked = day !== null;
    this.knownDay.hidden = day === null;
    if (day !== null && document.activeElement !== this.knownDay) this.knownDay.value = toIso(day);
  }

  playing(on) {
    this.play.replaceChildren(icon(on ? ICONS.pause : ICONS.play));
    this.play.setAttribute("aria-label", on ? "Pause" : "Play");
    this.play.title = on ? "Pause" : "Play";
  }

  counts({ certain, possible }) {
    const total = certain + possible;
    this.summary.replaceChildren(el("strong", { text: grouped(total) }), " " + this.noun + (total === 1 ? "" : "s"),
      possible ? el("span", { class: "cm-quiet", text: " · " + grouped(possible) + " only possibly" }) : "");
  }
}
