// The incidents as typed arrays, and which of them the filters and the time window let through.
// A row's state is HIDDEN, POSSIBLE (its days overlap the window) or CERTAIN (they lie wholly inside it).

const HIDDEN = 0;
const POSSIBLE = 1;
const CERTAIN = 2;
const UNDATED = 1000000; // see payload.py: days so far out that they overlap every window
const DAY_MS = 86400000;
const LONG_DAYS = 31; // incidents that may have lasted longer are few

const toDay = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY_MS);
const toIso = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

// Row numbers sorted by a column of days between `low` and `high`, undated rows before or after all others: a counting
// sort, because there are few days and many rows.
function sortByDay(days, low, high) {
  const n = days.length;
  const span = high - low + 3; // one bin before and one after for the undated
  const starts = new Uint32Array(span + 1);
  const bins = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const d = days[row];
    const bin = d < low ? 0 : d > high ? span - 1 : d - low + 1;
    bins[row] = bin;
    starts[bin + 1]++;
  }
  for (let i = 0; i < span; i++) starts[i + 1] += starts[i];
  const rows = new Uint32Array(n);
  const next = starts.slice();
  for (let row = 0; row < n; row++) rows[next[bins[row]]++] = row;
  // The number of sorted rows whose day is before `day`.
  const before = (day) => {
    if (day <= low) return starts[1];
    if (day > high) return starts[span - 1];
    return starts[day - low + 1];
  };
  return { rows, before };
}

class Incidents {
  constructor({ header, body }, details) {
    const c = columnsOf({ header, body });
    this.count = header.count;
    this.points = header.points; // rows below this number are points, then areas, then sites without a place
    this.placed = header.placed;
    this.noun = header.noun; // "site" where an incident can have several of them, which count one by one
    this.types = header.types;
    this.actors = header.actors;
    this.publishers = header.publishers;
    this.places = header.places;
    this.areas = header.areas;
    for (const name of ["x", "y", "first", "last", "known", "type", "prec", "deaths", "area", "actor1", "actor2", "place", "source"]) this[name] = c[name];
    this.tenths = c.radius; // of a kilometre; 0 where no radius is stated
    this.present = header.present; // the types, as numbers, that there are
    this.details = details;
    this._ids = c.ids;
    this._sources = c.sources;
    [this.low, this.high] = header.days ?? [0, 0];
    [this.knownLow, this.knownHigh] = header.known ?? [this.high, this.high];
    this.dated = header.days !== null;

    this.pass = new Uint8Array(this.count).fill(1);
    this.state = new Uint8Array(this.count);
    this.from = this.low;
    this.to = this.high;
    this.filters = { types: null, actors: null, sources: null, knownOn: null, box: null };
    this.totals = { certain: 0, possible: 0, offMap: 0, byType: new Uint32Array(this.types.length + 1) };
    this.recount();
  }

  // --- what the first paint does without: made when it is wanted, or once the map stands

  get byFirst() {
    this._byFirst ??= sortByDay(this.first, this.low, this.high);
    return this._byFirst;
  }

  get byLast() {
    this._byLast ??= sortByDay(this.last, this.low, this.high);
    return this._byLast;
  }

  // The rows that may have lasted longer than LONG_DAYS, undated ones too.
  get long() {
    this._long ??= this.byFirst.rows.filter((row) => this.last[row] - this.first[row] > LONG_DAYS);
    return this._long;
  }

  // Where each row's publishers begin in `source`, and the end.
  get sourceStart() {
    if (this._starts) return this._starts;
    this._starts = new Uint32Array(this.count + 1);
    for (let row = 0; row < this.count; row++) this._starts[row + 1] = this._starts[row] + this._sources[row];
    return this._starts;
  }

  makeReady() {
    return [this.byFirst, this.byLast, this.long];
  }

  // --- identity

  get ids() {
    if (!Array.isArray(this._ids)) this._ids = this._ids.length ? new TextDecoder().decode(this._ids).split("\n") : [];
    return this._ids;
  }

  rowOf(id) {
    if (!this._rowOf) this._rowOf = new Map(this.ids.map((name, row) => [name, row]));
    return this._rowOf.get(id) ?? -1;
  }

  // Mercator fraction of the world (0..1) of a row; null where it has no place.
  position(row) {
    if (row < this.points) return { x: this.x[row] / 4294967296, y: this.y[row] / 4294967296 };
    const area = this.areas[this.area[row]];
    return area ? project(area.lat, area.lon) : null;
  }

  // --- what is visible

  wanted(row) {
    if (!this.pass[row]) return HIDDEN;
    const first = this.first[row];
    const last = this.last[row];
    if (last < this.from || first > this.to) return HIDDEN;
    return first >= this.from && last <= this.to ? CERTAIN : POSSIBLE;
  }

  // Moves the window and touches only rows whose state can change. `changed(row, before, after)` hears of each; returns
  // false where a full recount was cheaper.
  setWindow(from, to, changed) {
    const spans = this._cheapest(from, to);
    this.from = from;
    this.to = to;
    const touched = spans.reduce((sum, [, start, end]) => sum + end - start, 0);
    if (touched > this.count / 3) {
      this.recount();
      return false;
    }
    for (const [rows, start, end] of spans) {
      for (let i = start; i < end; i++) this._update(rows[i], changed);
    }
    return true;
  }

  // Runs of rows, [rows, start, end], that hold all whose state can change. Where an edge moves a little, those that
  // start or end in the days between; where the window jumps, those that start in the old or in the new window, or
  // shortly before, and the few that last long.
  _cheapest(from, to) {
    const days = (index, a, b) => [index.rows, index.before(a), index.before(b)];
    const [a0, a1] = [Math.min(this.from, from), Math.max(this.from, from)];
    const [b0, b1] = [Math.min(this.to, to), Math.max(this.to, to)];
    const moved = [this.byFirst, this.byLast].flatMap((index) => [days(index, a0, a1), days(index, b0 + 1, b1 + 1)]);
    const jumped = [
      days(this.byFirst, this.from - LONG_DAYS, this.to + 1),
      days(this.byFirst, from - LONG_DAYS, to + 1),
      [this.long, 0, this.long.length],
    ];
    const cost = (spans) => spans.reduce((sum, [, start, end]) => sum + Math.max(0, end - start), 0);
    return cost(moved) <= cost(jumped) ? moved : jumped;
  }

  _update(row, changed) {
    const before = this.state[row];
    const after = this.wanted(row);
    if (before === after) return;
    this.state[row] = after;
    this._tally(row, before, -1);
    this._tally(row, after, 1);
    changed(row, before, after);
  }

  _tally(row, state, by) {
    if (state === HIDDEN) return;
    const t = this.totals;
    if (state === CERTAIN) t.certain += by;
    else t.possible += by;
    if (row >= this.placed) t.offMap += by;
    t.byType[this.type[row]] += by;
  }

  recount() {
    const { state, type, placed } = this;
    const byType = new Uint32Array(this.types.length + 1);
    let certain = 0;
    let possible = 0;
    let offMap = 0;
    for (let row = 0; row < this.count; row++) {
      const s = this.wanted(row);
      state[row] = s;
      if (s === HIDDEN) continue;
      if (s === CERTAIN) certain++;
      else possible++;
      if (row >= placed) offMap++;
      byType[type[row]]++;
    }
    this.totals = { certain, possible, offMap, byType };
  }

  setFilters(change) {
    Object.assign(this.filters, change);
    const { types, actors, sources, knownOn, box } = this.filters;
    const flags = (chosen, names) => chosen && chosen.length ? names.map((n) => chosen.includes(n)) : null;
    const typeOk = flags(types, [...this.types, "Other"]);
    const actorOk = flags(actors, this.actors);
    const sourceOk = flags(sources, this.publishers);
    for (let row = 0; row < this.count; row++) {
      let ok = !typeOk || typeOk[this.type[row]];
      if (ok && actorOk) ok = actorOk[this.actor1[row]] || actorOk[this.actor2[row]] || false;
      if (ok && sourceOk) ok = this._hasSource(row, sourceOk);
      if (ok && knownOn !== null) ok = this.known[row] <= knownOn;
      if (ok && box) ok = this._inBox(row, box);
      this.pass[row] = ok ? 1 : 0;
    }
    this.recount();
  }

  _hasSource(row, sourceOk) {
    for (let i = this.sourceStart[row]; i < this.sourceStart[row + 1]; i++) if (sourceOk[this.source[i]]) return true;
    return false;
  }

  _inBox(row, [south, west, north, east]) {
    const p = this.position(row);
    if (!p) return false;
    const nw = project(north, west);
    const se = project(south, east);
    return p.x >= nw.x && p.x <= se.x && p.y >= nw.y && p.y <= se.y;
  }

  // Visible rows in order of time, for "previous" and "next" and for lists.
  visibleByTime() {
    const rows = [];
    for (const row of this.byFirst.rows) if (this.state[row] !== HIDDEN) rows.push(row);
    return rows;
  }
}

function project(lat, lon) {
  const phi = Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI / 180;
  return { x: (lon + 180) / 360, y: (1 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / Math.PI) / 2 };
}

function unproject(x, y) {
  return { lat: Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI, lon: x * 360 - 180 };
}
