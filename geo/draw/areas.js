// Incidents of which only an area is known: the area is hatched and carries a count, never a dot.
// Districts, provinces and seas are hatched at once, a country only while one points at its count: it would drown the map.

const COUNTRY_PREC = 6;
const HATCH_PX = 7;

class Areas {
  constructor(theme) {
    this.theme = theme;
    this.hover = -1;
    this.hatched = [];
    this.reach = null; // {x, y, km, lat}: how far a place reaches, shown while it is pointed at or chosen
  }

  load(incidents) {
    this.incidents = incidents;
    this.paths = new Map();
    this.middles = incidents.areas.map((area) => project(area.lat, area.lon));
    this.outlines = []; // by area, once they are wanted: a country's seldom are
    this.recount();
  }

  // {rings, box} of an area, in fractions of the world.
  outline(i) {
    if (!this.outlines[i]) {
      const rings = this.incidents.areas[i].rings.map(projected);
      this.outlines[i] = { rings, box: boxOf(rings) };
    }
    return this.outlines[i];
  }

  recount() {
    const { incidents } = this;
    this.counts = incidents.areas.map(() => new Uint32Array(SLOTS));
    for (let row = incidents.points; row < incidents.placed; row++) {
      const state = incidents.state[row];
      if (state) this.counts[incidents.area[row]][incidents.type[row] * 2 + state - 1]++;
    }
  }

  change(row, before, after) {
    const slots = this.counts[this.incidents.area[row]];
    const at = this.incidents.type[row] * 2 - 1;
    if (before) slots[at + before]--;
    if (after) slots[at + after]++;
  }

  rows(areas) {
    const rows = [];
    for (let row = this.incidents.points; row < this.incidents.placed; row++) {
      if (areas.includes(this.incidents.area[row]) && this.incidents.state[row]) rows.push(row);
    }
    return rows;
  }

  // Outline of an area in world pixels of a zoom; the canvas is moved, so it serves every pan.
  _path(area, world, zoom) {
    const key = zoom + ":" + area;
    if (!this.paths.has(key)) {
      const path = new Path2D();
      const { rings, box } = this.outline(area);
      for (const ring of rings) {
        ring.forEach((p, i) => {
          const [x, y] = [(p.x - box.left) * world, (p.y - box.top) * world];
          if (i) path.lineTo(x, y);
          else path.moveTo(x, y);
        });
        path.closePath();
      }
      this.paths.set(key, path);
    }
    return this.paths.get(key);
  }

  draw(ctx, view, selected) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    this.hatched = [];
    if (!this.incidents) return;
    for (const i of this.visible()) this._hatch(ctx, view, i, i === this.hover || i === selected);
    if (this.reach) this._circle(ctx, view);
  }

  // The areas with incidents in them, the widest first.
  visible() {
    const some = this.incidents.areas.map((_, i) => i).filter((i) => this.counts[i].some((n) => n));
    return some.sort((a, b) => this.incidents.areas[b].prec - this.incidents.areas[a].prec);
  }

  // The radius that a place's name leaves open: a dot is never more exact than its source.
  _circle(ctx, view) {
    const { x, y, km, lat } = this.reach;
    const radius = (km / (40075 * Math.cos((lat * Math.PI) / 180))) * view.world;
    if (radius < 5) return;
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.beginPath();
    ctx.arc(x * view.world - view.left, y * view.world - view.top, radius, 0, 2 * Math.PI);
    ctx.fillStyle = this.theme.brush;
    ctx.fill();
    ctx.setLineDash([4, 4]);
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = this.theme.quiet;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  _hatch(ctx, view, i, emphasis) {
    if (this.incidents.areas[i].prec === COUNTRY_PREC && !emphasis) return;
    const { box } = this.outline(i);
    const [x, y] = [box.left * view.world - view.left, box.top * view.world - view.top];
    if (x > view.width || y > view.height || box.right * view.world < view.left || box.bottom * view.world < view.top) return;
    this.hatched.push(i);
    const { colour, certain } = leading(this.counts[i], this.theme);
    const path = this._path(i, view.world, view.zoom);
    ctx.setTransform(view.scale, 0, 0, view.scale, x * view.scale, y * view.scale);
    ctx.globalAlpha = emphasis ? 0.95 : this.theme.hatch;
    ctx.fillStyle = hatchPattern(ctx, colour, view.scale, certain);
    ctx.fill(path, "evenodd");
    ctx.lineWidth = emphasis ? 2 : 1.1;
    ctx.setLineDash(certain ? [] : [5, 4]);
    ctx.strokeStyle = colour;
    ctx.stroke(path);
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  // The area whose hatched shape lies under a world pixel, the smallest of several; -1 where there is none.
  at(world, x, y) {
    let best = -1;
    let least = Infinity;
    for (const i of this.hatched) {
      const { rings, box } = this.outline(i);
      const size = (box.right - box.left) * (box.bottom - box.top);
      if (size < least && inRings(rings, x / world, y / world)) { best = i; least = size; }
    }
    return best;
  }
}

const patterns = new Map();

function hatchPattern(ctx, colour, scale, certain) {
  const key = colour + scale + certain;
  if (patterns.has(key)) return patterns.get(key);
  const size = Math.round(HATCH_PX * scale);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.fillStyle = colour;
  pen.globalAlpha = 0.12;
  pen.fillRect(0, 0, size, size);
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = (certain ? 1.5 : 0.8) * scale;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
    pen.stroke();
  }
  const pattern = ctx.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  patterns.set(key, pattern);
  return pattern;
}

// The type that most of an area's incidents have, and whether any of them lies certainly in the window.
function leading(slots, theme) {
  let type = 0;
  let most = -1;
  let certain = false;
  for (let t = 0; t < SLOTS / 2; t++) {
    const n = slots[2 * t] + slots[2 * t + 1];
    if (n > most) { most = n; type = t; }
    if (slots[2 * t + 1]) certain = true;
  }
  return { colour: theme.types[type], certain };
}

function inRings(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

function projected(flat) {
  const out = [];
  for (let i = 0; i < flat.length; i += 2) out.push(project(flat[i + 1], flat[i]));
  return out;
}

function boxOf(rings) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings) {
    for (const { x, y } of ring) {
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return { left, right, top, bottom };
}
