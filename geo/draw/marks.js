// Draws the incidents that have a point: rings with a number, dots, or density. Solid: certainly in the window;
// hollow: possibly. Everything here works on the counts of `Cells`, never on single rows.

class Marks {
  constructor(theme) {
    this.theme = theme;
    this.ways = { clusters: new Rings(), dots: new Dots(), density: new Density() };
    this.way = null;
    this.drawnZoom = -1;
    this.byDeaths = false;
  }

  setTheme(theme) {
    this.theme = theme;
  }

  // What stands in the way of names and plates: {unit, x, y, r} in world pixels of the zoom.
  get drawn() {
    return this.way?.drawn ?? [];
  }

  draw(ctx, view, cells, selectedUnit) {
    this.drawnZoom = view.zoom;
    const way = this.ways[cells.mode];
    if (way !== this.way) way.marked?.();
    this.way = way;
    this.way.draw(ctx, view, cells, this.theme, this.byDeaths);
    if (selectedUnit >= 0) this._halo(ctx, view, cells, selectedUnit);
  }

  _halo(ctx, view, cells, unit) {
    if (this.way.marked) this.way.marked();
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

  // The mark under a world pixel of the zoom that was drawn, or -1. `reach` is how far a finger may miss.
  at(x, y, reach) {
    return this.way ? this.way.near(x, y, reach) : -1;
  }
}
