// Land, borders and names, drawn from data that travels with the map: it orients without any network.

class Basemap {
  constructor(theme) {
    this.theme = theme;
    this.own = [];
    this.around = [];
    this.nearRegion = [];
    this.avoid = []; // marks of incidents, which names keep clear of
    this.tiles = false;
    this.take({});
  }

  // The constant part: outlines and names of the whole world.
  take(data) {
    for (const kind of ["land", "lakes", "coast", "country", "region", "disputed"]) this[kind] = (data[kind] ?? []).map(shapeOf);
    this.own = placed(data.labels ?? []);
    this._rank();
  }

  // What lies around the incidents at hand: towns, and divisions of countries that the constant part has not.
  takeAround({ labels, region }) {
    this.nearRegion = region.map(shapeOf);
    this.around = placed(labels);
    this._rank();
  }

  _rank() {
    this.labels = [...this.own, ...this.around].sort((a, b) => a.rank - b.rank);
  }

  drawLand(ctx, view) {
    const { theme } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    if (this.tiles || !this.land.length) return;
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.fillStyle = theme.water;
    ctx.fillRect(0, 0, view.width, view.height);
    if (view.zoom >= 3) this._graticule(ctx, view);
    ctx.lineJoin = "round";
    ctx.fillStyle = theme.land;
    ctx.fill(outline(this.land, view), "evenodd");
    const coast = outline(this.coast, view);
    line(ctx, coast, theme.coast, 3.2, [], 0.35); // a soft shore, as on printed maps
    line(ctx, coast, theme.coast, 0.9);
    const lakes = outline(this.lakes, view);
    ctx.fillStyle = theme.water;
    ctx.fill(lakes, "evenodd");
    line(ctx, lakes, theme.coast, 0.7);
    if (view.zoom >= 5) {
      const width = view.zoom >= 7 ? 1.1 : 0.8;
      line(ctx, outline(this.region, view), theme.region, width, [6, 2, 1.5, 2]);
      line(ctx, outline(this.nearRegion, view), theme.region, width, [6, 2, 1.5, 2]);
    }
    line(ctx, outline(this.country, view), theme.country, view.zoom >= 6 ? 1.3 : 0.9);
    line(ctx, outline(this.disputed, view), theme.country, 1.1, [4, 3]);
  }

  _graticule(ctx, view) {
    const step = view.zoom >= 7 ? 1 : view.zoom >= 5 ? 5 : 10;
    ctx.strokeStyle = this.theme.coast;
    ctx.globalAlpha = 0.28;
    ctx.lineWidth = 0.6;
    ctx.beginPath();
    for (let lon = -180; lon <= 180; lon += step) {
      const x = ((lon + 180) / 360) * view.world - view.left;
      if (x < 0 || x > view.width) continue;
      ctx.moveTo(x, 0);
      ctx.lineTo(x, view.height);
    }
    for (let lat = -80; lat <= 80; lat += step) {
      const y = project(lat, 0).y * view.world - view.top;
      if (y < 0 || y > view.height) continue;
      ctx.moveTo(0, y);
      ctx.lineTo(view.width, y);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  // Names by importance, each where it covers no other: countries and regions in small capitals, towns beside a dot.
  drawNames(ctx, view) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.lineJoin = "round";
    const taken = this.avoid.map((m) => ({ left: m.x - view.left - m.r, right: m.x - view.left + m.r, top: m.y - view.top - m.r, bottom: m.y - view.top + m.r, mark: true }));
    for (const l of this.labels) {
      if (view.zoom < l.from || view.zoom > (l.until ?? 99)) continue;
      if (this.tiles && l.kind !== "site") continue;
      const x = l.x * view.world - view.left;
      const y = l.y * view.world - view.top;
      if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) continue;
      this._name(ctx, l, x, y, view, taken);
    }
  }

  _name(ctx, l, x, y, view, taken) {
    const s = styleOf(l, view.zoom, this.theme);
    ctx.font = s.font;
    if ("letterSpacing" in ctx) ctx.letterSpacing = s.spacing;
    const text = s.capitals ? l.name.toLocaleUpperCase("en") : l.name;
    const width = ctx.measureText(text).width;
    const over = s.dot ? Math.max(3, ...taken.filter((t) => t.mark && x > t.left && x < t.right && y > t.top && y < t.bottom).map((t) => (t.right - t.left) / 2 + Math.hypot((t.left + t.right) / 2 - x, (t.top + t.bottom) / 2 - y))) : 0;
    const spots = s.dot
      ? [[x + over + 4, y - s.size / 2], [x - over - 4 - width, y - s.size / 2], [x - width / 2, y - over - 5 - s.size], [x - width / 2, y + over + 4]]
      : [0, -22, 22, -40, 40].map((shift) => [x - width / 2, y - s.size / 2 + shift]);
    // A town's own dot must not lie on another's name.
    if (s.dot && taken.some((t) => !t.mark && t.left < x + 4 && t.right > x - 4 && t.top < y + 4 && t.bottom > y - 4)) return;
    const spot = spots.find(([left, top]) => !taken.some((t) => t.left < left + width + 4 && t.right > left - 4 && t.top < top + s.size + 2 && t.bottom > top - 2));
    if (!spot) return;
    const [left, top] = spot;
    taken.push({ left, top, right: left + width, bottom: top + s.size });
    if (s.dot) taken.push({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 });
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.strokeStyle = this.theme.halo;
    ctx.globalAlpha = s.alpha * 0.9;
    ctx.strokeText(text, left, top + s.size / 2);
    ctx.globalAlpha = s.alpha;
    ctx.fillStyle = s.colour;
    ctx.fillText(text, left, top + s.size / 2);
    ctx.globalAlpha = 1;
    if (!s.dot) return;
    disc(ctx, x, y, s.dot, this.theme.halo);
    ctx.strokeStyle = s.colour;
    ctx.lineWidth = 1.1;
    ring(ctx, x, y, s.dot - 0.4);
    if (l.kind === "capital") disc(ctx, x, y, s.dot - 1.6, s.colour);
  }
}

function styleOf(l, zoom, theme) {
  const f = theme.font;
  if (l.kind === "country") {
    const size = Math.min(17, 10 + Math.max(0, zoom - 3) * 1.3 + (l.rank < 20 ? 1 : 0));
    return { font: "600 " + size + "px " + f, size, colour: theme.label, spacing: "0.14em", capitals: true, alpha: zoom > 7 ? 0.45 : 0.8 };
  }
  if (l.kind === "region") return { font: "500 10.5px " + f, size: 10.5, colour: theme.region_label, spacing: "0.1em", capitals: true, alpha: 0.95 };
  if (l.kind === "water") return { font: "italic 12px Georgia, 'Liberation Serif', serif", size: 12, colour: theme.water_label, spacing: "0.05em", capitals: false, alpha: 1 };
  const size = l.kind === "capital" ? 12.5 : l.rank < 200 ? 12 : 11;
  return { font: (l.kind === "capital" ? "600 " : "") + size + "px " + f, size, colour: l.kind === "site" ? theme.quiet : theme.label, spacing: "0px", capitals: false, alpha: 1, dot: l.kind === "capital" ? 3.4 : 2.4 };
}

const STEPS = 2 ** 20; // see basemap.py

// A ring: its box in mercator fractions, and its points once they are wanted. Most of the world never is.
function shapeOf(steps) {
  return { box: { left: steps[0] / STEPS, top: steps[1] / STEPS, right: steps[2] / STEPS, bottom: steps[3] / STEPS }, steps, points: null };
}

function pointsOf(shape) {
  if (shape.points) return shape.points;
  const { steps } = shape;
  const points = new Float64Array(steps.length - 4);
  let x = 0;
  let y = 0;
  for (let i = 0; i < points.length; i += 2) {
    x += steps[i + 4];
    y += steps[i + 5];
    points[i] = x / STEPS;
    points[i + 1] = y / STEPS;
  }
  shape.points = points;
  shape.steps = null;
  return points;
}

function outline(shapes, view) {
  const path = new Path2D();
  const { world, left, top } = view;
  const [x0, x1, y0, y1] = [left / world, (left + view.width) / world, top / world, (top + view.height) / world];
  const least = 0.7 / world; // two points in one pixel are one point
  for (const shape of shapes) {
    const { box } = shape;
    if (box.left > x1 || box.right < x0 || box.top > y1 || box.bottom < y0) continue;
    if (box.right - box.left < least && box.bottom - box.top < least) continue;
    const points = pointsOf(shape);
    let px = Infinity;
    let py = Infinity;
    const end = points.length - 2;
    for (let i = 0; i <= end; i += 2) {
      const x = points[i];
      const y = points[i + 1];
      if (i && i < end && Math.abs(x - px) < least && Math.abs(y - py) < least) continue;
      if (i) path.lineTo(x * world - left, y * world - top);
      else path.moveTo(x * world - left, y * world - top);
      px = x;
      py = y;
    }
  }
  return path;
}

function line(ctx, path, colour, width, dash = [], alpha = 1) {
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function placed(labels) {
  return labels.map((l) => ({ ...l, ...project(l.lat, l.lon) }));
}
