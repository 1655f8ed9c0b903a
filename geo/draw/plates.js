// The counts of areas, on plates: beside the marks of exact places where those are few, over them where they are many.

const DIGIT_PX = 6.8; // widths of a plate's letters at its size, on the wide side
const LETTER_PX = 6.1;
const MARKS_TO_AVOID = 300; // beyond that marks are everywhere and keeping clear of them means nothing
const JOIN_PX = 70; // further off a plate would no longer stand for the area
const CROWDED_JOIN_PX = 120; // among very many marks few plates say more than a swarm of them

class Plates {
  constructor(areas) {
    this.areas = areas;
    this.avoid = null; // marks to keep clear of; null where there are too many
    this.drawn = []; // {areas, left, top, width, height} in world pixels
  }

  // A plate stands in the middle of each area. One without room joins that which is in its way, and their counts are
  // added.
  draw(ctx, view, theme) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    this.drawn = [];
    if (!this.areas.incidents) return;
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    this.theme = theme;
    this.scale = view.scale;
    const { hover } = this.areas;
    for (const plate of this._laid(view)) {
      this._plate(ctx, { ...plate, ...leading(plate.slots, theme), hover: plate.areas.includes(hover) });
      this.drawn.push({ areas: plate.areas, left: plate.x - plate.width / 2 + view.left, top: plate.y - 10 + view.top, width: plate.width, height: 20 });
    }
  }

  _laid(view) {
    const { middles, counts, hover, incidents } = this.areas;
    const plates = [];
    for (const i of this.areas.visible().reverse()) {
      const [x, y] = [middles[i].x * view.world - view.left, middles[i].y * view.world - view.top];
      if (x < -80 || y < -40 || x > view.width + 80 || y > view.height + 40) continue;
      const name = (this.avoid && this._room(i, view) > 90) || i === hover ? shorten(incidents.areas[i].name, 26) : "";
      const plate = sized({ areas: [i], slots: counts[i], name, x, y });
      if (this.avoid) {
        if (!this._settle(plate, view, plates)) join(plates, plate, JOIN_PX);
      } else if (i === hover) plates.push(plate);
      else join(plates, plate, CROWDED_JOIN_PX);
    }
    return plates;
  }

  _room(i, view) {
    const { box } = this.areas.outline(i);
    return (box.right - box.left) * view.world;
  }

  _settle(plate, view, plates) {
    const { x, y, width } = plate;
    for (const [dx, dy] of [[0, 0], [0, 24], [0, -24], [width / 2 + 22, 0], [-width / 2 - 22, 0], [0, 40], [0, -40]]) {
      [plate.x, plate.y] = [x + dx, y + dy];
      const hitsMark = this.avoid.some((m) => Math.abs(m.x - view.left - plate.x) < width / 2 + m.r && Math.abs(m.y - view.top - plate.y) < 10 + m.r);
      if (!hitsMark && !plates.some((p) => collide(p, plate))) {
        plates.push(plate);
        return true;
      }
    }
    [plate.x, plate.y] = [x, y];
    return false;
  }

  _plate(ctx, plate) {
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

  // The areas of the plate under a world pixel, or null.
  at(x, y) {
    const plate = this.drawn.find((d) => x >= d.left && x <= d.left + d.width && y >= d.top && y <= d.top + d.height);
    return plate ? plate.areas : null;
  }
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

// A plate's number and width. Widths are reckoned, not measured: there can be a thousand plates in a step.
function sized(plate) {
  plate.number = grouped(plate.slots.reduce((a, b) => a + b, 0));
  plate.width = 30 + plate.number.length * DIGIT_PX + (plate.name ? plate.name.length * LETTER_PX + 6 : 0);
  return plate;
}

// Adds a plate to the nearest one; far from any other it stays, even across a mark.
function join(plates, plate, within) {
  let host = null;
  let nearest = within;
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
  if (host.name) host.name = host.areas.length + " areas";
  sized(host);
}

const collide = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 3 && Math.abs(a.y - b.y) < 22;

const shorten = (text, length) => (text.length > length ? text.slice(0, length - 1) + "…" : text);
