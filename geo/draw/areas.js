// Incidents of which only an area is known: the area is hatched and carries a count, never a dot.
// Districts, provinces and seas are hatched at once, a country only while one points at its count: it would drown the map.

const COUNTRY_PREC = 6;
const HATCH_PX = 7;

class Areas {
  constructor(theme) {
    this.theme = theme;
    this.hover = -1;
    this.drawn = [];
  }

  load(incidents) {
    this.incidents = incidents;
    this.paths = new Map();
    this.boxes = incidents.areas.map((area) => {
      const points = area.rings.flatMap((r) => pairs(r)).map(([lon, lat]) => project(lat, lon));
      const xs = points.map((p) => p.x);
      const ys = points.map((p) => p.y);
      return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    });
    this.rings = incidents.areas.map((area) => area.rings.map((r) => pairs(r).map(([lon, lat]) => project(lat, lon))));
    this.recount();
  }

  recount() {
    const { incidents } = this;
    this.counts = incidents.areas.map(() => new Uint32Array(SLOTS));
    for (let row = incidents.points; row < incidents.placed; row++) {
      const state = incidents.state[row];
      if (state) this.counts[incidents.area[row]][incidents.type[row] * 2 + state - 1]++;
    }
  }

  rows(area) {
    const rows = [];
    for (let row = this.incidents.points; row < this.incidents.placed; row++) {
      if (this.incidents.area[row] === area && this.incidents.state[row]) rows.push(row);
    }
    return rows;
  }

  // Outline of an area in world pixels of a zoom; the canvas is moved, so it serves every pan.
  _path(area, world, zoom) {
    const key = zoom + ":" + area;
    if (!this.paths.has(key)) {
      const path = new Path2D();
      const box = this.boxes[area];
      for (const ring of this.rings[area]) {
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
    this.drawn = [];
    if (!this.incidents) return;
    const wide = this.incidents.areas.map((_, i) => i).filter((i) => this.counts[i].some((n) => n));
    wide.sort((a, b) => this.incidents.areas[b].prec - this.incidents.areas[a].prec);
    for (const i of wide) this._hatch(ctx, view, i, selected);
    this._badges(ctx, view, wide);
  }

  _hatch(ctx, view, i, selected) {
    const emphasis = i === this.hover || i === selected;
    if (this.incidents.areas[i].prec === COUNTRY_PREC && !emphasis) return;
    const box = this.boxes[i];
    const [x, y] = [box.left * view.world - view.left, box.top * view.world - view.top];
    if (x > view.width || y > view.height || box.right * view.world < view.left || box.bottom * view.world < view.top) return;
    const { colour, certain } = leading(this.counts[i], this.theme);
    const path = this._path(i, view.world, view.zoom);
    ctx.setTransform(view.scale, 0, 0, view.scale, x * view.scale, y * view.scale);
    ctx.globalAlpha = emphasis ? 0.16 : 0.07;
    ctx.fillStyle = colour;
    ctx.fill(path, "evenodd");
    ctx.globalAlpha = emphasis ? 0.95 : this.theme.hatch;
    const pattern = ctx.createPattern(hatchTile(colour, view.scale, certain), "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / view.scale));
    ctx.fillStyle = pattern;
    ctx.fill(path, "evenodd");
    ctx.lineWidth = emphasis ? 2 : 1.1;
    ctx.setLineDash(certain ? [] : [5, 4]);
    ctx.strokeStyle = colour;
    ctx.stroke(path);
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  // A count on a plate in the middle of each area; where plates would cover one another, the wider area's moves down.
  _badges(ctx, view, list) {
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const i of [...list].reverse()) {
      const area = this.incidents.areas[i];
      const at = project(area.lat, area.lon);
      const n = this.counts[i].reduce((a, b) => a + b, 0);
      ctx.font = "600 11.5px " + this.theme.font;
      const number = n.toLocaleString("en-GB");
      const numberWidth = ctx.measureText(number).width;
      ctx.font = "11.5px " + this.theme.font;
      const name = view.zoom < 4 ? "" : shorten(area.name, 26);
      const width = 22 + numberWidth + (name ? ctx.measureText(name).width + 5 : 0) + 7;
      const box = { x: at.x * view.world - view.left - width / 2, y: at.y * view.world - view.top - 10, width, height: 20 };
      for (let tries = 0; tries < 8 && this.drawn.some((d) => overlap(d, box, view)); tries++) box.y += 23;
      if (box.x > view.width || box.y > view.height || box.x + width < 0 || box.y + 20 < 0) continue;
      this._badge(ctx, box, { ...leading(this.counts[i], this.theme), number, numberWidth, name, hover: i === this.hover });
      this.drawn.push({ area: i, left: box.x + view.left, top: box.y + view.top, width, height: 20 });
    }
  }

  _badge(ctx, box, { colour, certain, number, numberWidth, name, hover }) {
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, box.height, 4);
    ctx.fillStyle = this.theme.hollow;
    ctx.globalAlpha = 0.94;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.lineWidth = hover ? 1.8 : 1;
    ctx.strokeStyle = hover ? this.theme.ink : colour;
    ctx.stroke();
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(box.x + 5, box.y + 5, 12, 10, 2);
    ctx.clip();
    ctx.strokeStyle = colour;
    ctx.lineWidth = certain ? 1.8 : 1;
    for (let d = -12; d < 14; d += 4) {
      ctx.beginPath();
      ctx.moveTo(box.x + 5 + d, box.y + 16);
      ctx.lineTo(box.x + 17 + d, box.y + 4);
      ctx.stroke();
    }
    ctx.restore();
    ctx.fillStyle = this.theme.ink;
    ctx.font = "600 11.5px " + this.theme.font;
    ctx.fillText(number, box.x + 22, box.y + 10.5);
    if (!name) return;
    ctx.fillStyle = this.theme.quiet;
    ctx.font = "11.5px " + this.theme.font;
    ctx.fillText(name, box.x + 27 + numberWidth, box.y + 10.5);
  }

  // The area under a world pixel: its plate first, then the smallest hatched polygon.
  at(ctx, world, zoom, x, y) {
    for (const d of this.drawn) {
      if (x >= d.left && x <= d.left + d.width && y >= d.top && y <= d.top + d.height) return { area: d.area, plate: true };
    }
    let best = -1;
    let least = Infinity;
    for (const { area } of this.drawn) {
      const box = this.boxes[area];
      if (this.incidents.areas[area].prec === COUNTRY_PREC) continue;
      const size = (box.right - box.left) * (box.bottom - box.top);
      if (size >= least) continue;
      if (inRings(this.rings[area], x / world, y / world)) { best = area; least = size; }
    }
    return best < 0 ? null : { area: best, plate: false };
  }
}

const tiles = new Map();

function hatchTile(colour, scale, certain) {
  const key = colour + scale + certain;
  if (tiles.has(key)) return tiles.get(key);
  const size = Math.round(HATCH_PX * scale);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const ctx = tile.getContext("2d");
  ctx.strokeStyle = colour;
  ctx.lineWidth = (certain ? 1.5 : 0.8) * scale;
  for (const shift of [-size, 0, size]) {
    ctx.beginPath();
    ctx.moveTo(shift - 1, size + 1);
    ctx.lineTo(shift + size + 1, -1);
    ctx.stroke();
  }
  tiles.set(key, tile);
  return tile;
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

function overlap(drawn, box, view) {
  const [x, y] = [drawn.left - view.left, drawn.top - view.top];
  return x < box.x + box.width + 3 && x + drawn.width + 3 > box.x && y < box.y + box.height + 2 && y + drawn.height + 2 > box.y;
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

function pairs(flat) {
  const out = [];
  for (let i = 0; i < flat.length; i += 2) out.push([flat[i], flat[i + 1]]);
  return out;
}

const shorten = (text, length) => (text.length > length ? text.slice(0, length - 1) + "…" : text);
