// Draws the incidents that have a point: rings with a number, dots, or density. Solid: certainly in the window;
// hollow: possibly. Everything here works on the counts of `Cells`, never on single rows.

const DOT_RADII = [3.6, 4.4, 5.4, 6.6, 8.2]; // CSS pixels, for 1, 2+, 5+, 20+ and 100+ incidents
const DOT_STEPS = [2, 5, 20, 100];
const DENSITY_PX = 4;

class Marks {
  constructor(theme) {
    this.theme = theme;
    this.sprites = null;
    this.drawn = []; // what can be pointed at: {unit, x, y, r} in world pixels of the zoom
    this.drawnZoom = -1;
    this.buckets = null;
    this.byDeaths = false;
  }

  setTheme(theme) {
    this.theme = theme;
    this.sprites = null;
  }

  draw(ctx, view, cells, selectedUnit) {
    this.drawn = [];
    this.buckets = null;
    this.drawnZoom = view.zoom;
    if (cells.mode === "clusters") this._rings(ctx, view, cells);
    else if (cells.mode === "density") this._density(ctx, view, cells);
    else this._dots(ctx, view, cells);
    if (selectedUnit >= 0) this._halo(ctx, view, cells, selectedUnit);
  }

  // --- rings

  _rings(ctx, view, cells) {
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    const visible = [];
    for (let u = 0; u < cells.size; u++) {
      const x = cells.px[u] - view.left;
      const y = cells.py[u] - view.top;
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      const n = cells.total(u);
      if (!n) continue;
      const dead = this.byDeaths ? cells.deaths(u) : 0;
      const r = this.byDeaths ? Math.min(30, (n === 1 ? 4.5 : 8.5) + 2.2 * Math.sqrt(dead)) : n === 1 ? 6.5 : Math.min(24, 9.5 + 2.1 * Math.log2(n));
      visible.push({ unit: u, x, y, n, r });
    }
    visible.sort((a, b) => b.r - a.r || a.y - b.y); // small ones on top, so that nothing is buried
    for (const m of visible) {
      const slots = cells.counts.subarray(m.unit * SLOTS, (m.unit + 1) * SLOTS);
      if (m.n === 1) this._single(ctx, m, slots.findIndex((v) => v > 0));
      else this._ring(ctx, m, slots);
      this.drawn.push({ unit: m.unit, x: m.x + view.left, y: m.y + view.top, r: m.r });
    }
  }

  _single(ctx, m, slot) {
    const colour = this.theme.types[slot >> 1];
    disc(ctx, m.x, m.y, m.r + 1.2, this.theme.rim);
    if (slot & 1) {
      disc(ctx, m.x, m.y, m.r, colour);
      return;
    }
    disc(ctx, m.x, m.y, m.r, this.theme.hollow);
    ctx.lineWidth = 2.2;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(m.x, m.y, m.r - 1.1, 0, 2 * Math.PI);
    ctx.stroke();
  }

  // A ring of one sector for each type: full where certain, pale with an outline where possible.
  _ring(ctx, m, slots) {
    const width = Math.max(4, m.r * 0.3);
    disc(ctx, m.x, m.y, m.r + 1.6, this.theme.rim);
    let turn = -Math.PI / 2;
    for (let slot = SLOTS - 1; slot >= 0; slot--) {
      if (!slots[slot]) continue;
      const end = turn + (slots[slot] / m.n) * 2 * Math.PI;
      const colour = this.theme.types[slot >> 1];
      ctx.beginPath();
      ctx.arc(m.x, m.y, m.r, turn, end);
      ctx.arc(m.x, m.y, m.r - width, end, turn, true);
      ctx.closePath();
      ctx.fillStyle = colour;
      ctx.globalAlpha = slot & 1 ? 1 : 0.22;
      ctx.fill();
      ctx.globalAlpha = 1;
      if (!(slot & 1)) {
        ctx.lineWidth = 1.2;
        ctx.strokeStyle = colour;
        ctx.stroke();
      }
      turn = end;
    }
    disc(ctx, m.x, m.y, m.r - width, this.theme.hollow);
    ctx.fillStyle = this.theme.ink;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = "600 " + (m.n > 999 ? 10.5 : 11.5) + "px " + this.theme.font;
    ctx.fillText(shortNumber(m.n), m.x, m.y + 0.5);
  }

  _halo(ctx, view, cells, unit) {
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    const mark = this.drawn.find((d) => d.unit === unit);
    const r = (mark ? mark.r : 6) + 5;
    const [x, y] = [cells.px[unit] - view.left, cells.py[unit] - view.top];
    ctx.lineWidth = 4.5;
    ctx.strokeStyle = this.theme.rim;
    ring(ctx, x, y, r);
    ctx.lineWidth = 2;
    ctx.strokeStyle = this.theme.ink;
    ring(ctx, x, y, r);
  }

  // --- dots: sprites with soft edges stamped into a buffer of pixels; drawing each with the canvas is 30 times slower

  _dots(ctx, view, cells) {
    const width = Math.round(view.width * view.scale);
    const height = Math.round(view.height * view.scale);
    const image = this._buffer(ctx, width, height);
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(0);
    this._makeSprites(view.scale, width);
    const { px, py, counts } = cells;
    const hidden = 9 * view.scale;
    for (const solid of [0, 1]) {
      for (let u = 0; u < cells.size; u++) {
        const x = (px[u] - view.left) * view.scale | 0;
        if (x < hidden || x >= width - hidden) continue;
        const y = (py[u] - view.top) * view.scale | 0;
        if (y < hidden || y >= height - hidden) continue;
        let best = -1;
        let most = 0;
        let total = 0;
        let certain = 0;
        for (let i = 0, at = u * SLOTS; i < SLOTS; i++) {
          const n = counts[at + i];
          if (!n) continue;
          total += n;
          if (i & 1) certain += n;
          if (n > most) { most = n; best = i >> 1; }
        }
        if (!total || (certain > 0 ? 1 : 0) !== solid) continue;
        let step = 0;
        while (step < 4 && total >= DOT_STEPS[step]) step++;
        stamp(pixels, y * width + x, this.sprites.all[(best * 5 + step) * 2 + solid]);
      }
    }
    ctx.putImageData(image, 0, 0);
  }

  _buffer(ctx, width, height) {
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.image = ctx.createImageData(width, height);
    }
    return this.image;
  }

  _makeSprites(scale, width) {
    if (this.sprites && this.sprites.scale === scale && this.sprites.width === width) return;
    const all = [];
    for (const colour of this.theme.types) {
      for (const radius of DOT_RADII) {
        all.push(makeSprite(colour, this.theme, radius * scale, scale, false, width));
        all.push(makeSprite(colour, this.theme, radius * scale, scale, true, width));
      }
    }
    this.sprites = { scale, width, all };
  }

  // --- density: incidents by square of 4 px on a logarithmic scale, smoothed by the browser's own scaling

  _density(ctx, view, cells) {
    const width = Math.ceil(view.width / DENSITY_PX) + 1;
    const height = Math.ceil(view.height / DENSITY_PX) + 1;
    const sums = new Float32Array(width * height);
    const { px, py, counts } = cells;
    const left = Math.floor(view.left / DENSITY_PX);
    const top = Math.floor(view.top / DENSITY_PX);
    let most = 1;
    for (let u = 0; u < cells.size; u++) {
      const x = Math.floor(px[u] / DENSITY_PX) - left;
      const y = Math.floor(py[u] / DENSITY_PX) - top;
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      let n = 0;
      for (let i = u * SLOTS, end = i + SLOTS; i < end; i++) n += counts[i];
      if (!n) continue;
      const sum = (sums[y * width + x] += n);
      if (sum > most) most = sum;
    }
    if (!this.small) this.small = document.createElement("canvas");
    this.small.width = width;
    this.small.height = height;
    const small = this.small.getContext("2d");
    const image = small.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const ramp = this.theme.ramp;
    const step = (ramp.length - 1) / Math.log1p(Math.max(most, 20));
    for (let i = 0; i < sums.length; i++) if (sums[i]) pixels[i] = ramp[Math.log1p(sums[i]) * step | 0];
    small.putImageData(image, 0, 0);
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    ctx.imageSmoothingEnabled = true;
    ctx.drawImage(this.small, left * DENSITY_PX - view.left, top * DENSITY_PX - view.top, width * DENSITY_PX, height * DENSITY_PX);
  }

  // --- pointing

  // The mark under a world pixel of the zoom that was drawn, or -1. `reach` is how far a finger may miss.
  at(cells, x, y, reach) {
    if (!this.buckets) this._index(cells);
    let best = -1;
    let nearest = Infinity;
    const [gx, gy] = [Math.floor(x / 32), Math.floor(y / 32)];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const m of this.buckets.get((gx + dx) * 4194304 + gy + dy) ?? []) {
          const away = Math.hypot(m.x - x, m.y - y) - m.r;
          if (away <= reach && away < nearest) { nearest = away; best = m.unit; }
        }
      }
    }
    return best;
  }

  _index(cells) {
    this.buckets = new Map();
    let marks = this.drawn;
    if (cells.mode !== "clusters") {
      marks = [];
      for (let u = 0; u < cells.size; u++) {
        if (cells.total(u)) marks.push({ unit: u, x: cells.px[u], y: cells.py[u], r: 4 });
      }
    }
    for (const m of marks) {
      const k = Math.floor(m.x / 32) * 4194304 + Math.floor(m.y / 32);
      const list = this.buckets.get(k);
      if (list) list.push(m);
      else this.buckets.set(k, [m]);
    }
  }
}

function disc(ctx, x, y, r, colour) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
}

function ring(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.stroke();
}

function shortNumber(n) {
  if (n < 1000) return String(n);
  return n < 10000 ? (n / 1000).toFixed(1) + "k" : Math.round(n / 1000) + "k";
}

// A disc as lists of pixel offsets and colours, so that stamping is one loop. Edges are covered by distance.
function makeSprite(colour, theme, radius, scale, solid, stride) {
  const [r, g, b] = rgb(colour);
  const [rr, rg, rb] = rgb(theme.rim);
  const [hr, hg, hb] = rgb(theme.hollow);
  const rim = 1.0 * scale;
  const line = 1.7 * scale;
  const reach = Math.ceil(radius + rim);
  const offsets = [];
  const values = [];
  const mix = (a, c, t) => Math.round(a + (c - a) * t);
  const share = (edge, d) => Math.max(0, Math.min(1, edge - d + 0.5));
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const d = Math.hypot(x, y);
      const alpha = share(radius + rim, d);
      if (alpha <= 0) continue;
      const body = share(radius, d);
      const core = solid ? 1 : 1 - share(radius - line, d);
      const inner = [mix(hr, r, core), mix(hg, g, core), mix(hb, b, core)];
      offsets.push(y * stride + x);
      values.push(pack(mix(rr, inner[0], body), mix(rg, inner[1], body), mix(rb, inner[2], body), Math.round(alpha * 255)));
    }
  }
  return { offsets: Int32Array.from(offsets), values: Uint32Array.from(values) };
}

const pack = (r, g, b, a) => ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;

function stamp(pixels, at, sprite) {
  const { offsets, values } = sprite;
  for (let i = 0; i < offsets.length; i++) {
    const p = at + offsets[i];
    const over = values[i];
    const alpha = over >>> 24;
    if (alpha === 255) { pixels[p] = over; continue; }
    const under = pixels[p];
    const below = under >>> 24;
    if (below === 0) { pixels[p] = over; continue; }
    const rest = below * (255 - alpha) / 255;
    const out = alpha + rest;
    const r = ((over & 255) * alpha + (under & 255) * rest) / out;
    const g = ((over >> 8 & 255) * alpha + (under >> 8 & 255) * rest) / out;
    const b = ((over >> 16 & 255) * alpha + (under >> 16 & 255) * rest) / out;
    pixels[p] = (out << 24 | b << 16 | g << 8 | r) >>> 0;
  }
}

function rgb(hex) {
  const n = parseInt(hex.slice(1, 7), 16);
  return [n >> 16, n >> 8 & 255, n & 255];
}
