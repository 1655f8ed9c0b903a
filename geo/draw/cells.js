// Which incidents are drawn as one mark at a zoom level, and how many of each type stand behind it.
// Rows lie along a Z-order curve, so the cells of every level are runs of rows and need no sorting.

const SLOTS = 16; // counters of one mark: type * 2 + (certain ? 1 : 0)
const DOT_CELL_PX = 4; // incidents closer than this cannot be told apart as dots
const CLUSTER_PX = 30; // marks with a number keep this distance, about their own width
const SAME_PLACE_ZOOM = 13; // from here on only incidents at the very same spot share a mark

class Cells {
  constructor(incidents, zoom, mode) {
    this.incidents = incidents;
    this.zoom = zoom;
    this.mode = mode;
    this._run();
    if (mode === "clusters" && zoom < SAME_PLACE_ZOOM) this._cluster();
    this.counts = mode === "density" ? null : new Uint32Array(this.size * SLOTS); // density knows one colour only
    this.totals = new Uint32Array(this.size);
    this.touched = new Uint32Array(this.size); // marks that changed since they were drawn, the first `touches` of it
    this.isTouched = new Uint8Array(this.size);
    this.recount();
  }

  // Cells of 4 px: runs of rows that fall into the same square of the level.
  _run() {
    const { points, x, y } = this.incidents;
    const level = Math.min(30, this.zoom + 6); // 2**6 cells of 4 px to a 256 px tile
    const shift = 32 - level;
    const unitOf = new Int32Array(points);
    const starts = [];
    let cx = -1;
    let cy = -1;
    for (let row = 0; row < points; row++) {
      const nx = x[row] >>> shift;
      const ny = y[row] >>> shift;
      if (nx !== cx || ny !== cy) {
        starts.push(row);
        cx = nx;
        cy = ny;
      }
      unitOf[row] = starts.length - 1;
    }
    this.unitOf = unitOf;
    this.size = starts.length;
    starts.push(points);
    this.starts = Uint32Array.from(starts);
    this._place();
  }

  // A mark stands where its middle row is: on a real place, not between two of them.
  _place() {
    const { x, y } = this.incidents;
    const world = 256 * 2 ** this.zoom / 4294967296;
    this.px = new Float64Array(this.size);
    this.py = new Float64Array(this.size);
    for (let u = 0; u < this.size; u++) {
      const row = (this.starts[u] + this.starts[u + 1]) >>> 1;
      this.px[u] = x[Math.min(row, x.length - 1)] * world;
      this.py[u] = y[Math.min(row, y.length - 1)] * world;
    }
  }

  // Joins cells around the busiest ones. All incidents take part, filtered or not: marks stay where they are while
  // the window moves and only their numbers change.
  _cluster() {
    const { size, px, py, starts } = this;
    const key = (gx, gy) => gx * 4194304 + gy;
    const grid = new Map();
    for (let u = 0; u < size; u++) {
      const k = key(Math.floor(px[u] / CLUSTER_PX), Math.floor(py[u] / CLUSTER_PX));
      const list = grid.get(k);
      if (list) list.push(u);
      else grid.set(k, [u]);
    }
    const weight = (u) => starts[u + 1] - starts[u];
    const order = Array.from({ length: size }, (_, u) => u).sort((a, b) => weight(b) - weight(a) || a - b);
    const clusterOf = new Int32Array(size).fill(-1);
    const seeds = [];
    const members = [];
    for (const seed of order) {
      if (clusterOf[seed] >= 0) continue;
      const id = seeds.push(seed) - 1;
      const own = [];
      const gx = Math.floor(px[seed] / CLUSTER_PX);
      const gy = Math.floor(py[seed] / CLUSTER_PX);
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          for (const u of grid.get(key(gx + dx, gy + dy)) ?? []) {
            if (clusterOf[u] >= 0 || Math.hypot(px[u] - px[seed], py[u] - py[seed]) > CLUSTER_PX) continue;
            clusterOf[u] = id;
            own.push(u);
          }
        }
      }
      members.push(own);
    }
    for (let row = 0; row < this.unitOf.length; row++) this.unitOf[row] = clusterOf[this.unitOf[row]];
    this.members = members;
    this.cellStarts = starts;
    this.px = Float64Array.from(seeds, (u) => px[u]);
    this.py = Float64Array.from(seeds, (u) => py[u]);
    this.size = seeds.length;
  }

  recount() {
    const { counts, totals, unitOf } = this;
    const { state, type, points } = this.incidents;
    counts?.fill(0);
    totals.fill(0);
    for (let row = 0; row < points; row++) {
      if (!state[row]) continue;
      totals[unitOf[row]]++;
      if (counts) counts[unitOf[row] * SLOTS + type[row] * 2 + state[row] - 1]++;
    }
    this.touches = -1;
  }

  change(row, before, after) {
    const unit = this.unitOf[row];
    if (this.counts) {
      const at = unit * SLOTS + this.incidents.type[row] * 2 - 1;
      if (before) this.counts[at + before]--;
      if (after) this.counts[at + after]++;
    } else if (before && after) return;
    if (!before) this.totals[unit]++;
    if (!after) this.totals[unit]--;
    if (this.touches < 0 || this.isTouched[unit]) return;
    this.isTouched[unit] = 1;
    this.touched[this.touches++] = unit;
  }

  // The marks that changed since the last call; null where any may have.
  takeTouched() {
    const touched = this.touches < 0 ? null : this.touched.slice(0, this.touches);
    for (let i = 0; i < this.touches; i++) this.isTouched[this.touched[i]] = 0;
    if (!touched) this.isTouched.fill(0);
    this.touches = 0;
    return touched;
  }

  // The visible rows behind a mark.
  rows(unit) {
    const runs = this.members
      ? this.members[unit].map((cell) => [this.cellStarts[cell], this.cellStarts[cell + 1]])
      : [[this.starts[unit], this.starts[unit + 1]]];
    const rows = [];
    for (const [start, end] of runs) {
      for (let row = start; row < end; row++) if (this.incidents.state[row]) rows.push(row);
    }
    return rows;
  }

  // The best estimates of the dead behind a mark, added up; where nothing is said nothing is added.
  deaths(unit) {
    let sum = 0;
    for (const row of this.rows(unit)) sum += Math.max(0, this.incidents.deaths[row]);
    return sum;
  }

  total(unit) {
    return this.totals[unit];
  }
}
