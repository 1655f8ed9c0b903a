// What dots and density share: a buffer of pixels that is painted by the tile, and where each mark lies in it.
// A step of the window changes a few marks among tens of thousands; only the pixels around them are painted anew.

const TILE_PX = 32; // CSS pixels

class Pixels {
  // Takes a view on; false where it is the one that is painted already.
  take(ctx, view, cells, theme) {
    const key = [view.left, view.top, view.zoom, view.width, view.height, view.scale].join();
    if (this.key === key && this.cells === cells && this.theme === theme) return false;
    [this.key, this.cells, this.theme, this.view] = [key, cells, theme, view];
    const [width, height] = [Math.round(view.width * view.scale), Math.round(view.height * view.scale)];
    if (this.image && this.image.width === width && this.image.height === height) this.ink.fill(0);
    else {
      this.image = ctx.createImageData(width, height);
      this.ink = new Uint32Array(this.image.data.buffer);
    }
    [this.width, this.height] = [width, height];
    this._whole();
    return true;
  }

  // Something else was drawn over the marks: the next time all of them are put down again.
  marked() {
    this.spoilt = true;
  }

  _whole() {
    [this.left, this.top, this.right, this.bottom] = [0, 0, this.width, this.height];
  }

  _dirty(left, top, right, bottom) {
    if (left < this.left) this.left = left;
    if (top < this.top) this.top = top;
    if (right > this.right) this.right = right;
    if (bottom > this.bottom) this.bottom = bottom;
  }

  // Puts on the canvas what was painted since the last time.
  _put(ctx) {
    if (this.spoilt) this._whole();
    this.spoilt = false;
    const { left, top, right, bottom } = this;
    if (right > left && bottom > top) ctx.putImageData(this.image, 0, 0, left, top, right - left, bottom - top);
    [this.left, this.top, this.right, this.bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  }
}

// The marks of a view by tile: those whose picture, `reach` device pixels around its middle, touches the tile.
class Tiles {
  constructor(cells, view, reach) {
    const { size, px, py } = cells;
    this.size = Math.round(TILE_PX * view.scale);
    this.columns = Math.max(1, Math.ceil((view.width * view.scale) / this.size));
    this.rows = Math.max(1, Math.ceil((view.height * view.scale) / this.size));
    this.reach = reach;
    this.x = new Int32Array(size);
    this.y = new Int32Array(size);
    for (let u = 0; u < size; u++) {
      this.x[u] = Math.floor((px[u] - view.left) * view.scale);
      this.y[u] = Math.floor((py[u] - view.top) * view.scale);
    }
    this.start = new Uint32Array(this.columns * this.rows + 1);
    this.list = new Uint32Array(0);
    const ends = this._fill(size, this.start.slice(), false);
    for (let i = 0; i + 1 < this.start.length; i++) this.start[i + 1] = this.start[i] + ends[i];
    this.list = new Uint32Array(this.start[this.start.length - 1]);
    this._fill(size, this.start.slice(), true);
  }

  // Walks through the marks of each tile: counts them in `next`, or puts them where it points.
  _fill(count, next, put) {
    const { size, columns, rows, reach, x, y, list } = this;
    const [right, bottom] = [columns * size, rows * size];
    for (let u = 0; u < count; u++) {
      const left = x[u] - reach;
      const top = y[u] - reach;
      if (left + 2 * reach < 0 || top + 2 * reach < 0 || left >= right || top >= bottom) continue;
      const x0 = left < 0 ? 0 : Math.floor(left / size);
      const y0 = top < 0 ? 0 : Math.floor(top / size);
      const x1 = Math.min(columns - 1, Math.floor((left + 2 * reach) / size));
      const y1 = Math.min(rows - 1, Math.floor((top + 2 * reach) / size));
      for (let ty = y0; ty <= y1; ty++) {
        for (let t = ty * columns + x0; t <= ty * columns + x1; t++) {
          if (put) list[next[t]] = u;
          next[t]++;
        }
      }
    }
    return next;
  }

  around(u, act) {
    const { size, columns, rows, reach } = this;
    const x = this.x[u];
    const y = this.y[u];
    if (x + reach < 0 || y + reach < 0 || x - reach >= columns * size || y - reach >= rows * size) return;
    const x0 = Math.max(0, Math.floor((x - reach) / size));
    const y0 = Math.max(0, Math.floor((y - reach) / size));
    const x1 = Math.min(columns - 1, Math.floor((x + reach) / size));
    const y1 = Math.min(rows - 1, Math.floor((y + reach) / size));
    for (let ty = y0; ty <= y1; ty++) for (let tx = x0; tx <= x1; tx++) act(ty * columns + tx);
  }

  // The nearest mark with somebody in it within `reach` of a device pixel, or -1.
  near(x, y, reach, cells) {
    let best = -1;
    let nearest = reach;
    const tile = (v, most) => Math.max(0, Math.min(most - 1, Math.floor(v / this.size)));
    for (let ty = tile(y - reach, this.rows); ty <= tile(y + reach, this.rows); ty++) {
      for (let tx = tile(x - reach, this.columns); tx <= tile(x + reach, this.columns); tx++) {
        const t = ty * this.columns + tx;
        for (let i = this.start[t]; i < this.start[t + 1]; i++) {
          const u = this.list[i];
          const away = Math.hypot(this.x[u] - x, this.y[u] - y);
          if (away <= nearest && cells.total(u)) { nearest = away; best = u; }
        }
      }
    }
    return best;
  }
}
