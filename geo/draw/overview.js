// Orientation beyond the names: a small map of where the incidents lie, and a hint when none lies in view.

const OVERVIEW = { width: 148, height: 96 };

class Overview {
  constructor(theme, acts) {
    this.theme = theme;
    this.acts = acts; // {go(lat, lon), all()}
    this.canvas = el("canvas", { class: "cm-overview cm-card", role: "img", "aria-label": "Where the incidents lie; the frame is the map's view", title: "Click to go there" });
    this.canvas.addEventListener("click", (e) => this._go(e));
    this.hint = el("button", { type: "button", class: "cm-hint cm-card", hidden: true, onclick: () => acts.all() });
  }

  load(incidents, land) {
    this.land = land;
    this.noun = incidents.noun;
    this.spots = places(incidents);
    for (const area of incidents.areas) this.spots.push(project(area.lat, area.lon));
    let [left, right, top, bottom] = [1, 0, 1, 0];
    for (const s of this.spots) [left, right, top, bottom] = [Math.min(left, s.x), Math.max(right, s.x), Math.min(top, s.y), Math.max(bottom, s.y)];
    const span = Math.min(1, Math.max(0.11, (right - left) * 2, (bottom - top) * 2 * (OVERVIEW.width / OVERVIEW.height)));
    this.canvas.hidden = !this.spots.length;
    this.world = OVERVIEW.width / span;
    this.left = Math.min(1 - span, Math.max(0, (left + right) / 2 - span / 2)) * this.world;
    this.top = Math.max(0, (top + bottom) / 2 - (span * OVERVIEW.height) / OVERVIEW.width / 2) * this.world;
    this.ground = null;
  }

  // `inView` and `elsewhere` count marks and areas of the window; the hint speaks when all of them lie elsewhere.
  draw(bounds, inView, elsewhere) {
    if (!this.spots) return;
    const scale = window.devicePixelRatio || 1;
    const { width, height } = OVERVIEW;
    const view = { world: this.world, left: this.left, top: this.top, width, height };
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.fillStyle = this.theme.water;
    ctx.fillRect(0, 0, width, height);
    this.ground = this.ground ?? outline(this.land, view);
    ctx.fillStyle = this.theme.land;
    ctx.fill(this.ground, "evenodd");
    line(ctx, this.ground, this.theme.coast, 0.5);
    ctx.fillStyle = this.theme.types[0];
    for (const s of this.spots) ctx.fillRect(s.x * this.world - this.left - 1, s.y * this.world - this.top - 1, 2, 2);
    const nw = project(bounds.getNorth(), bounds.getWest());
    const se = project(bounds.getSouth(), bounds.getEast());
    const box = [nw.x * this.world - this.left, nw.y * this.world - this.top, Math.max(4, (se.x - nw.x) * this.world), Math.max(4, (se.y - nw.y) * this.world)];
    ctx.strokeStyle = this.theme.ink;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(...box);
    this.hint.hidden = inView > 0 || !elsewhere;
    if (!this.hint.hidden) this.hint.textContent = "Nothing of this window in view. Show " + plural(elsewhere, this.noun);
  }

  _go(event) {
    const { lat, lon } = unproject((event.offsetX + this.left) / this.world, (event.offsetY + this.top) / this.world);
    this.acts.go(lat, lon);
  }
}

// Where the points lie, as 512ths of the world, each once: places are enough here, not their numbers.
function places({ points, x, y }) {
  const spots = [];
  let last = -1;
  for (let row = 0; row < points; row++) { // along the curve of the rows, neighbours follow one another
    const spot = (y[row] >>> 23) * 512 + (x[row] >>> 23);
    if (spot === last) continue;
    last = spot;
    spots.push({ x: x[row] / 4294967296, y: y[row] / 4294967296 });
  }
  return spots;
}
