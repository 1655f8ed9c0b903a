// Incidents of which only an area is known: the area is hatched and carries a count, never a dot.
// Districts, provinces and seas are hatched at once, a country only while one points at its count: it would drown the map.

const COUNTRY_PREC = 6;
const HATCH_PX = 7;
const DIGIT_PX = 6.8; // widths of a plate's letters at its size, on the wide side
const LETTER_PX = 6.1;
const MARKS_TO_AVOID = 300; // beyond that marks are everywhere and keeping clear of them means nothing

class Areas {
  constructor(theme) {
    this.theme = theme;
    this.hover = -1;
    this.drawn = []; // plates: {areas, left, top, width, height} in world pixels
    this.hatched = [];
    this.avoid = []; // marks that plates keep clear of
    this.hurried = false;
    this.reach = null; // {x, y, km, lat}: how far a place reaches, shown while it is pointed at or chosen
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
    this.middles = incidents.areas.map((area) => project(area.lat, area.lon));
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
    this.hatched = [];
    if (!this.incidents) return;
    const wide = this.incidents.areas.map((_, i) => i).filter((i) => this.counts[i].some((n) => n));
    wide.sort((a, b) => this.incidents.areas[b].prec - this.incidents.areas[a].prec);
    this._hatches(ctx, view, wide, selected);
    if (this.reach) this._circle(ctx, view);
    this._badges(ctx, view, wide);
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

  // The hatching is kept as a picture, because to fill so many shapes takes longer than everything else. In a hurry,
  // while the window moves, only the numbers on the plates keep up with it.
  _hatches(ctx, view, wide, selected) {
    const looks = [];
    for (const i of wide) {
      const emphasis = i === this.hover || i === selected;
      if (this.incidents.areas[i].prec === COUNTRY_PREC && !emphasis) continue;
      const box = this.boxes[i];
      if (box.left * view.world > view.left + view.width || box.top * view.world > view.top + view.height
        || box.right * view.world < view.left || box.bottom * view.world < view.top) continue;
      this.hatched.push(i);
      looks.push({ i, emphasis, ...leading(this.counts[i], this.theme) });
    }
    if (!looks.length) return;
    const place = JSON.stringify([view, this.theme.dark, this.hover, selected]);
    const key = JSON.stringify(looks);
    if (place !== this.hatchesAt || this.hatchesOf !== this.incidents || (key !== this.hatchesKey && !this.hurried)) {
      [this.hatchesAt, this.hatchesOf, this.hatchesKey] = [place, this.incidents, key];
      this.picture = this.picture ?? document.createElement("canvas");
      [this.picture.width, this.picture.height] = [ctx.canvas.width, ctx.canvas.height];
      const pen = this.picture.getContext("2d");
      for (const look of looks) this._hatch(pen, view, look);
    }
    ctx.drawImage(this.picture, 0, 0);
  }

  _hatch(ctx, view, { i, emphasis, colour, certain }) {
    const box = this.boxes[i];
    const path = this._path(i, view.world, view.zoom);
    ctx.setTransform(view.scale, 0, 0, view.scale, (box.left * view.world - view.left) * view.scale, (box.top * view.world - view.top) * view.scale);
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

  // A count on a plate in the middle of each area, beside the marks of exact places. A plate without room joins the one
  // that is in its way, and their counts are added.
  _badges(ctx, view, list) {
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    this.scale = view.scale;
    const avoid = this.avoid.length <= MARKS_TO_AVOID ? this.avoid : [];
    const plates = [];
    for (const i of [...list].reverse()) {
      const [x, y] = [this.middles[i].x * view.world - view.left, this.middles[i].y * view.world - view.top];
      if (x < -80 || y < -40 || x > view.width + 80 || y > view.height + 40) continue;
      const room = (this.boxes[i].right - this.boxes[i].left) * view.world;
      const name = room > 90 || i === this.hover ? shorten(this.incidents.areas[i].name, 26) : "";
      const plate = sized({ areas: [i], slots: this.counts[i], name, x, y });
      if (!this._settle(plate, view, avoid, plates)) join(plates, plate);
    }
    for (const plate of plates) {
      this._badge(ctx, { ...plate, ...leading(plate.slots, this.theme), hover: plate.areas.includes(this.hover) });
      this.drawn.push({ areas: plate.areas, left: plate.x - plate.width / 2 + view.left, top: plate.y - 10 + view.top, width: plate.width, height: 20 });
    }
  }

  _settle(plate, view, avoid, plates) {
    const { x, y, width } = plate;
    for (const [dx, dy] of [[0, 0], [0, 24], [0, -24], [width / 2 + 22, 0], [-width / 2 - 22, 0], [0, 40], [0, -40]]) {
      [plate.x, plate.y] = [x + dx, y + dy];
      const hitsMark = avoid.some((m) => Math.abs(m.x - view.left - plate.x) < width / 2 + m.r && Math.abs(m.y - view.top - plate.y) < 10 + m.r);
      if (!hitsMark && !plates.some((p) => collide(p, plate))) {
        plates.push(plate);
        return true;
      }
    }
    [plate.x, plate.y] = [x, y];
    return false;
  }

  _badge(ctx, plate) {
    const { colour, certain, number, name, hover } = plate;
    const box = { x: plate.x - plate.width / 2, y: plate.y - 10, width: plate.width };
    const numberWidth = number.length * DIGIT_PX;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, 20, 4);
    ctx.fillStyle = this.theme.hollow;
    ctx.globalAlpha = 0.94;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.lineWidth = hover ? 1.8 : 1;
    ctx.strokeStyle = hover ? this.theme.ink : colour;
    ctx.stroke();
    ctx.drawImage(hatchSign(colour, this.scale, certain), box.x + 5, box.y + 5, 12, 10);
    ctx.fillStyle = this.theme.ink;
    ctx.font = "600 11.5px " + this.theme.font;
    ctx.fillText(number, box.x + 22, box.y + 10.5);
    if (!name) return;
    ctx.fillStyle = this.theme.quiet;
    ctx.font = "11.5px " + this.theme.font;
    ctx.fillText(name, box.x + 27 + numberWidth, box.y + 10.5);
  }

  // The areas under a world pixel: a plate's, else the smallest hatched polygon.
  at(world, x, y) {
    for (const d of this.drawn) {
      if (x >= d.left && x <= d.left + d.width && y >= d.top && y <= d.top + d.height) return d.areas;
    }
    let best = null;
    let least = Infinity;
    for (const i of this.hatched) {
      const box = this.boxes[i];
      const size = (box.right - box.left) * (box.bottom - box.top);
      if (size < least && inRings(this.rings[i], x / world, y / world)) { best = [i]; least = size; }
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

const signs = new Map();

// The same hatching, small, for a plate: drawn once, because there can be a hundred plates in a step.
function hatchSign(colour, scale, certain) {
  const key = colour + scale + certain;
  if (signs.has(key)) return signs.get(key);
  const sign = Object.assign(document.createElement("canvas"), { width: 12 * scale, height: 10 * scale });
  const pen = sign.getContext("2d");
  pen.scale(scale, scale);
  pen.roundRect(0, 0, 12, 10, 2);
  pen.clip();
  pen.strokeStyle = colour;
  pen.lineWidth = certain ? 1.8 : 1;
  for (let d = -12; d < 14; d += 4) {
    pen.beginPath();
    pen.moveTo(d, 11);
    pen.lineTo(12 + d, -1);
    pen.stroke();
  }
  signs.set(key, sign);
  return sign;
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

// A plate's number and width. Widths are reckoned, not measured: there can be a thousand plates in a step.
function sized(plate) {
  plate.number = grouped(plate.slots.reduce((a, b) => a + b, 0));
  plate.width = 30 + plate.number.length * DIGIT_PX + (plate.name ? plate.name.length * LETTER_PX + 6 : 0);
  return plate;
}

// Adds a plate to the nearest one; far from any other it stays, even across a mark.
function join(plates, plate) {
  let host = null;
  let nearest = 70; // CSS pixels; further off the plate would no longer stand for this area
  for (const p of plates) {
    const away = Math.hypot(p.x - plate.x, p.y - plate.y);
    if (away < nearest) { nearest = away; host = p; }
  }
  if (!host) {
    plates.push(plate);
    return;
  }
  host.areas = [...host.areas, ...plate.areas];
  host.slots = host.slots.map((n, k) => n + plate.slots[k]);
  host.name = host.areas.length + " areas";
  sized(host);
}

const collide = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 3 && Math.abs(a.y - b.y) < 22;

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
