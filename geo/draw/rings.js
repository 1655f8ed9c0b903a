// Few incidents: discs, and rings with a number where several stand at one mark.

class Rings {
  constructor() {
    this.drawn = []; // {unit, x, y, r} in world pixels of the zoom
  }

  draw(ctx, view, cells, theme, byDeaths) {
    this.theme = theme;
    this.drawn = [];
    ctx.setTransform(view.scale, 0, 0, view.scale, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    const visible = [];
    for (let u = 0; u < cells.size; u++) {
      const x = cells.px[u] - view.left;
      const y = cells.py[u] - view.top;
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      const n = cells.total(u);
      if (!n) continue;
      const dead = byDeaths ? cells.deaths(u) : 0;
      const r = byDeaths ? Math.min(30, (n === 1 ? 4.5 : 8.5) + 2.2 * Math.sqrt(dead)) : n === 1 ? 6.5 : Math.min(24, 9.5 + 2.1 * Math.log2(n));
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

  near(x, y, reach) {
    let best = -1;
    let nearest = Infinity;
    for (const m of this.drawn) {
      const away = Math.hypot(m.x - x, m.y - y) - m.r;
      if (away <= reach && away < nearest) { nearest = away; best = m.unit; }
    }
    return best;
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
