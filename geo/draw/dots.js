// Many incidents: a dot for each spot of 4 px, larger for more. Dots are sprites with soft edges, stamped into a buffer
// of pixels; drawing each with the canvas is 30 times slower.

const DOT_RADII = [3.6, 4.4, 5.4, 6.6, 8.2]; // CSS pixels, for 1, 2+, 5+, 20+ and 100+ incidents
const DOT_STEPS = [2, 5, 20, 100];
const ROOMY = 0.003; // spots to a square CSS pixel up to which dots have their full size
const SMALLEST = 0.6;
const NO_DOT = 255;
const PICK_PX = 4; // a dot's own size, for pointing

class Dots extends Pixels {
  draw(ctx, view, cells, theme) {
    if (this.take(ctx, view, cells, theme)) {
      this._makeSprites(view.scale, crowding(view, cells));
      this.tiles = new Tiles(cells, view, this.reach);
      this.looks = new Uint8Array(cells.size).fill(NO_DOT);
      this.stale = new Uint8Array(this.tiles.columns * this.tiles.rows);
      this.drawnOnce = false;
    }
    const touched = cells.takeTouched();
    const all = touched === null || !this.drawnOnce;
    this.drawnOnce = true;
    const n = all ? cells.size : touched.length;
    for (let i = 0; i < n; i++) this._look(all ? i : touched[i], all);
    if (all) this.stale.fill(1);
    this._repaint();
    this._put(ctx);
  }

  // Which sprite stands for a mark now; where it is another one than before, the tiles under it are stale.
  _look(u, all) {
    const { counts } = this.cells;
    let best = 0;
    let most = 0;
    let total = 0;
    let certain = 0;
    for (let i = 0, at = u * SLOTS; i < SLOTS; i++) {
      const n = counts[at + i];
      if (!n) continue;
      total += n;
      if (i & 1) certain = 1;
      if (n > most) { most = n; best = i >> 1; }
    }
    let step = 0;
    while (step < DOT_STEPS.length && total >= DOT_STEPS[step]) step++;
    const look = total ? (best * DOT_RADII.length + step) * 2 + certain : NO_DOT;
    if (look === this.looks[u]) return;
    this.looks[u] = look;
    if (!all) this.tiles.around(u, (tile) => { this.stale[tile] = 1; });
  }

  _repaint() {
    const { stale } = this;
    for (let t = 0; t < stale.length; t++) {
      if (!stale[t]) continue;
      stale[t] = 0;
      this._paint(t);
    }
  }

  // Hollow dots first, solid ones over them, each cut at the tile's edge.
  _paint(t) {
    const { tiles, looks, ink, width, sprites } = this;
    const left = (t % tiles.columns) * tiles.size;
    const top = Math.floor(t / tiles.columns) * tiles.size;
    const right = Math.min(width, left + tiles.size);
    const bottom = Math.min(this.height, top + tiles.size);
    for (let y = top; y < bottom; y++) ink.fill(0, y * width + left, y * width + right);
    for (let solid = 0; solid < 2; solid++) {
      for (let i = tiles.start[t]; i < tiles.start[t + 1]; i++) {
        const u = tiles.list[i];
        const look = looks[u];
        if (look === NO_DOT || (look & 1) !== solid) continue;
        stamp(ink, width, sprites[look] ?? this._sprite(look), tiles.x[u], tiles.y[u], left, top, right, bottom);
      }
    }
    this._dirty(left, top, right, bottom);
  }

  _makeSprites(scale, share) {
    const key = scale + share + this.theme.types.join() + this.theme.rim;
    if (this.spriteKey === key) return;
    this.spriteKey = key;
    this.sprites = [];
    this.spriteScale = [scale, share];
    this.reach = reachOf(DOT_RADII.at(-1) * share * scale, scale);
  }

  // The sprite of a look; only those that are wanted are made.
  _sprite(look) {
    const [scale, share] = this.spriteScale;
    const radius = DOT_RADII[(look >> 1) % DOT_RADII.length] * share * scale;
    const colour = this.theme.types[Math.floor((look >> 1) / DOT_RADII.length)];
    this.sprites[look] = makeSprite(colour, this.theme, radius, scale, look % 2 === 1);
    return this.sprites[look];
  }

  near(x, y, reach) {
    const { view } = this;
    return this.tiles.near((x - view.left) * view.scale, (y - view.top) * view.scale, (reach + PICK_PX) * view.scale, this.cells);
  }
}

// How much smaller dots are where the view holds very many spots, filtered or not: their size is the same all through a
// drag of the window.
function crowding(view, cells) {
  let n = 0;
  for (let u = 0; u < cells.size; u++) {
    const x = cells.px[u] - view.left;
    const y = cells.py[u] - view.top;
    if (x >= 0 && y >= 0 && x < view.width && y < view.height) n++;
  }
  const share = Math.sqrt((ROOMY * view.width * view.height) / Math.max(1, n));
  return Math.round(10 * Math.max(SMALLEST, Math.min(1, share))) / 10;
}

function rgb(hex) {
  const n = parseInt(hex.slice(1, 7), 16);
  return [n >> 16, n >> 8 & 255, n & 255];
}

// How many pixels a disc with its rim takes to either side of its middle.
const reachOf = (radius, scale) => Math.ceil(radius + scale);

const pack = (r, g, b, a) => ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;

// A disc as a square of pixels. Edges are covered by distance.
function makeSprite(colour, theme, radius, scale, solid) {
  const [r, g, b] = rgb(colour);
  const [rr, rg, rb] = rgb(theme.rim);
  const [hr, hg, hb] = rgb(theme.hollow);
  const rim = 1.0 * scale;
  const line = 1.7 * scale;
  const reach = reachOf(radius, scale);
  const side = 2 * reach + 1;
  const values = new Uint32Array(side * side);
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
      values[(y + reach) * side + x + reach] = pack(mix(rr, inner[0], body), mix(rg, inner[1], body), mix(rb, inner[2], body), Math.round(alpha * 255));
    }
  }
  return { reach, side, values };
}

function stamp(ink, width, sprite, x, y, left, top, right, bottom) {
  const { reach, side, values } = sprite;
  const x0 = Math.max(left, x - reach);
  const x1 = Math.min(right, x + reach + 1);
  const y1 = Math.min(bottom, y + reach + 1);
  for (let py = Math.max(top, y - reach); py < y1; py++) {
    let s = (py - y + reach) * side + x0 - x + reach;
    let p = py * width + x0;
    for (let px = x0; px < x1; px++, s++, p++) {
      const over = values[s];
      const alpha = over >>> 24;
      if (alpha === 255) ink[p] = over;
      else if (alpha) ink[p] = blended(over, alpha, ink[p]);
    }
  }
}

function blended(over, alpha, under) {
  const below = under >>> 24;
  if (below === 0) return over;
  const rest = below * (255 - alpha) / 255;
  const out = alpha + rest;
  const r = ((over & 255) * alpha + (under & 255) * rest) / out;
  const g = ((over >> 8 & 255) * alpha + (under >> 8 & 255) * rest) / out;
  const b = ((over >> 16 & 255) * alpha + (under >> 16 & 255) * rest) / out;
  return (out << 24 | b << 16 | g << 8 | r) >>> 0;
}
