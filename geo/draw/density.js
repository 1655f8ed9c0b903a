// Very many incidents: how many lie in each square of 4 px, on a logarithmic scale of colour, smooth between the squares.

const DENSITY_PX = 4;
const LEAST_TOP = 20; // incidents; with fewer in the fullest square one or two would already look like a great many

class Density extends Pixels {
  draw(ctx, view, cells, theme) {
    if (this.take(ctx, view, cells, theme)) this._lay(view, cells);
    const touched = cells.takeTouched();
    const all = touched === null || !this.drawnOnce;
    this.drawnOnce = true;
    if (all) this._sumAll();
    else for (let i = 0; i < touched.length; i++) this._sum(touched[i]);
    this._scale();
    this._repaint();
    this._put(ctx);
  }

  // The squares of the view, where their middles lie on the canvas, and in which of them each cell lies.
  _lay(view, cells) {
    const columns = Math.ceil(view.width / DENSITY_PX) + 3;
    const rows = Math.ceil(view.height / DENSITY_PX) + 3;
    const left = Math.floor(view.left / DENSITY_PX) - 1;
    const top = Math.floor(view.top / DENSITY_PX) - 1;
    const middles = (n, first, edge, end) => Int32Array.from({ length: n }, (_, i) => Math.max(0, Math.min(end, Math.round(((first + i + 0.5) * DENSITY_PX - edge) * view.scale))));
    this.columns = columns;
    this.x = middles(columns, left, view.left, this.width);
    this.y = middles(rows, top, view.top, this.height);
    this.square = new Int32Array(cells.size);
    for (let u = 0; u < cells.size; u++) {
      const x = Math.floor(cells.px[u] / DENSITY_PX) - left;
      const y = Math.floor(cells.py[u] / DENSITY_PX) - top;
      this.square[u] = x < 0 || y < 0 || x >= columns || y >= rows ? -1 : y * columns + x;
    }
    this.counted = new Uint32Array(cells.size);
    this.sums = new Int32Array(columns * rows);
    this.levels = new Float32Array(columns * rows);
    this.stale = new Uint8Array(columns * rows); // a patch lies between the middles of a square and of its neighbours
    this.tiles = null;
    this.drawnOnce = false;
  }

  _sumAll() {
    const { cells, square, sums, counted } = this;
    sums.fill(0);
    for (let u = 0; u < cells.size; u++) {
      counted[u] = cells.total(u);
      if (square[u] >= 0) sums[square[u]] += counted[u];
    }
    this.changed = null;
  }

  _sum(u) {
    const n = this.cells.total(u);
    const at = this.square[u];
    if (at >= 0 && n !== this.counted[u]) {
      this.sums[at] += n - this.counted[u];
      this.changed.push(at);
    }
    this.counted[u] = n;
  }

  // The top of the scale moves by doubling, so that a step seldom changes every colour.
  _scale() {
    const { sums, levels, theme } = this;
    let most = LEAST_TOP;
    for (let i = 0; i < sums.length; i++) if (sums[i] > most) most = sums[i];
    const top = 2 ** Math.ceil(Math.log2(most));
    const step = (theme.ramp.length - 1) / Math.log1p(top);
    const level = (i) => {
      const now = sums[i] ? Math.log1p(sums[i]) * step : 0;
      if (now === levels[i]) return;
      levels[i] = now;
      this.stale[i] = 1;
      if (i > 0) this.stale[i - 1] = 1;
      if (i >= this.columns) this.stale[i - this.columns] = 1;
      if (i > this.columns) this.stale[i - this.columns - 1] = 1;
    };
    if (this.changed && top === this.scaleTop) this.changed.forEach(level);
    else for (let i = 0; i < sums.length; i++) level(i);
    this.scaleTop = top;
    this.changed = [];
  }

  _repaint() {
    const { stale, columns, x, y } = this;
    for (let row = 0; row < y.length - 1; row++) {
      for (let column = 0, i = row * columns; column < columns - 1; column++, i++) {
        if (!stale[i]) continue;
        stale[i] = 0;
        if (x[column + 1] > x[column] && y[row + 1] > y[row]) this._paint(i, x[column], y[row], x[column + 1], y[row + 1]);
      }
    }
  }

  // One patch, from the levels at its four corners.
  _paint(i, left, top, right, bottom) {
    const { levels, columns, ink, width } = this;
    const { ramp } = this.theme;
    const [a, b, c, d] = [levels[i], levels[i + 1], levels[i + columns], levels[i + columns + 1]];
    const high = 1 / (bottom - top);
    const wide = 1 / (right - left);
    for (let y = top; y < bottom; y++) {
      const down = (y - top + 0.5) * high;
      const from = a + (c - a) * down;
      const step = (b + (d - b) * down - from) * wide;
      let level = from + step / 2;
      for (let p = y * width + left, end = p + right - left; p < end; p++, level += step) ink[p] = ramp[level | 0];
    }
    this._dirty(left, top, right, bottom);
  }

  near(x, y, reach) {
    const { view, cells } = this;
    this.tiles = this.tiles ?? new Tiles(cells, view, 0);
    return this.tiles.near((x - view.left) * view.scale, (y - view.top) * view.scale, (reach + PICK_PX) * view.scale, cells);
  }
}
