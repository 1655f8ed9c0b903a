// The histogram under the map: incidents by day, stacked by type, the window's handles and "as known on".

const AXIS_HEIGHT = 18;
const INSET = 10; // CSS pixels left free for a handle at either end
const VAGUE_DAYS = 60; // an incident dated no closer does not say where the canvas should look
const MOST_MIDDLES = 20000; // of more incidents a sample says as well where the canvas should look
const FOCUS_CUT = 0.05; // the share of incidents at either end that the first view may leave outside

class Histogram {
  constructor(theme, heard) {
    this.theme = theme;
    this.heard = heard; // {window(from, to, done), known(day, done), play(on)}
    this.canvas = el("canvas", { class: "cm-histogram", tabindex: "0", role: "slider", "aria-label": "Time window: arrows move it by a day, with shift by a week, space plays" });
    this.canvas.style.touchAction = "pan-y";
    this.dragging = null;
    this.playing = null;
    this.daysASecond = 7;
    this.knownOn = null;
    this.shown = false; // nothing is drawn before the incidents stand on the map
  }

  show() {
    this.shown = true;
    this._count();
  }

  load(incidents) {
    this.incidents = incidents;
    this.low = incidents.low;
    this.high = incidents.high;
    this.knownLow = Math.min(this.high, incidents.knownLow);
    this.knownHigh = Math.max(this.high, incidents.knownHigh);
    this.from = incidents.from;
    this.to = incidents.to;
    this.spanLow = this.low;
    this.spanEnd = this.high + 1;
    if (this.shown) this._count();
  }

  _count() {
    this._focus();
    this.tally();
  }

  // Incidents by day and type under all filters but the window. One of several possible days counts as a share of
  // each of them, so that the sum stays the number of incidents.
  tally() {
    if (!this.shown) return;
    const { incidents, low, high } = this;
    const days = high - low + 1;
    const kinds = incidents.types.length + 1;
    this.sure = Array.from({ length: kinds }, () => new Float32Array(days));
    this.spread = new Float32Array(days + 1);
    for (let row = 0; row < incidents.count; row++) {
      if (!incidents.pass[row]) continue;
      const first = incidents.first[row];
      const last = incidents.last[row];
      if (first <= -UNDATED) continue;
      if (first === last) this.sure[incidents.type[row]][first - low]++;
      else {
        const share = 1 / (last - first + 1);
        this.spread[first - low] += share;
        this.spread[last - low + 1] -= share;
      }
    }
    let running = 0;
    for (let d = 0; d <= days; d++) {
      running += this.spread[d];
      this.spread[d] = running > 1e-6 ? running : 0;
    }
    this.bars = null;
    this.draw();
  }

  // --- geometry

  // The days that the canvas spans; a wheel or two fingers' worth of it zooms, so that one stray year of one vague
  // report does not squeeze all others into a corner.
  _focus() {
    const { incidents } = this;
    this.spanLow = this.low;
    this.spanEnd = this.high + 1;
    const middles = [];
    const step = Math.ceil(incidents.count / MOST_MIDDLES) || 1;
    for (let row = 0; row < incidents.count; row += step) {
      const first = incidents.first[row];
      const last = incidents.last[row];
      if (last - first <= VAGUE_DAYS) middles.push((first + last) / 2);
    }
    if (middles.length < 8) return;
    const sorted = Float64Array.from(middles).sort();
    const [from, to] = [sorted[Math.floor(sorted.length * FOCUS_CUT)], sorted[Math.ceil(sorted.length * (1 - FOCUS_CUT)) - 1]];
    const margin = (to - from) * 0.12 + 7;
    if (to - from + 2 * margin > (this.high - this.low) * 0.5) return;
    this.spanLow = Math.max(this.low, Math.floor(from - margin));
    this.spanEnd = Math.min(this.high + 1, Math.ceil(to + margin));
  }

  get end() {
    return Math.max(this.spanEnd, this.knownOn === null ? this.spanEnd : this.knownHigh + 1);
  }

  xOf(day) {
    return INSET + ((day - this.spanLow) / Math.max(1, this.end - this.spanLow)) * (this.width - 2 * INSET);
  }

  // Where a handle is drawn: one beyond the span waits at its edge.
  _handleX(day) {
    return Math.max(INSET, Math.min(this.width - INSET, this.xOf(day)));
  }

  dayAt(x) {
    return this.spanLow + ((x - INSET) / (this.width - 2 * INSET)) * Math.max(1, this.end - this.spanLow);
  }

  _zoom(event) {
    if (!this.incidents || !this.incidents.dated) return;
    event.preventDefault();
    const length = this.end - this.spanLow;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    const at = this.dayAt(event.offsetX);
    const factor = sideways ? 1 : Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006);
    const next = Math.max(10, Math.min(this.high + 1 - this.low, length * factor));
    const shift = sideways ? ((event.deltaX || event.deltaY) / this.width) * length : 0;
    const low = at - (at - this.spanLow) * (next / length) + shift;
    this.spanLow = Math.max(this.low, Math.min(this.high + 1 - next, low));
    this.spanEnd = this.spanLow + next;
    this.bars = null;
    this.draw();
  }

  wholeSpan() {
    this.spanLow = this.low;
    this.spanEnd = this.high + 1;
    this.bars = null;
    this.draw();
  }

  resize() {
    const scale = window.devicePixelRatio || 1;
    const box = this.canvas.getBoundingClientRect();
    this.width = Math.max(80, box.width);
    this.height = Math.max(40, box.height);
    this.canvas.width = Math.round(this.width * scale);
    this.canvas.height = Math.round(this.height * scale);
    this.bars = null;
    this.draw();
  }

  // Heights by pixel column.
  _columns() {
    const columns = [];
    const step = Math.max(2, Math.min(14, Math.floor((this.width - 2 * INSET) / Math.max(1, this.end - this.spanLow))));
    let most = 0;
    for (let x = INSET; x < this.width - INSET; x += step) {
      const a = Math.max(0, Math.ceil(this.dayAt(x) - this.low - 1e-6));
      const b = Math.min(this.high - this.low + 1, Math.ceil(this.dayAt(x + step) - this.low - 1e-6));
      const counts = this.sure.map((days) => sum(days, a, b));
      const spread = sum(this.spread, a, b);
      const total = counts.reduce((s, n) => s + n, 0) + spread;
      if (total > most) most = total;
      columns.push({ x, counts, spread, total });
    }
    return { columns, most, step };
  }

  draw() {
    if (!this.shown || !this.width || !this.incidents) return;
    const scale = this.canvas.width / this.width;
    const ctx = this.canvas.getContext("2d");
    const { theme } = this;
    const floor = this.height - AXIS_HEIGHT;
    const picture = this._picture(scale, floor);
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    const [x0, x1] = [this._handleX(this.from), this._handleX(this.to + 1)];
    if (this.from > this.low || this.to < this.high) { // a brush over everything would only be a grey sheet
      ctx.fillStyle = theme.brush;
      ctx.fillRect(x0, 2, x1 - x0, floor - 2);
    }
    ctx.drawImage(picture.axis, 0, 0, this.width, this.height);
    const part = (from, to, alpha) => {
      if (to - from < 0.5) return;
      ctx.globalAlpha = alpha;
      ctx.drawImage(picture.bars, from * scale, 0, (to - from) * scale, picture.bars.height, from, 0, to - from, this.height);
    };
    part(0, x0, 0.28);
    part(x1, this.width, 0.28);
    part(x0, x1, 1);
    ctx.globalAlpha = 1;
    this._drawHandle(ctx, x0, floor, this.dragging === "from");
    this._drawHandle(ctx, x1, floor, this.dragging === "to");
    if (this.knownOn !== null) this._drawKnown(ctx, floor);
    this.canvas.setAttribute("aria-valuetext", toIso(this.from) + " to " + toIso(this.to));
    this.canvas.setAttribute("aria-valuemin", this.low);
    this.canvas.setAttribute("aria-valuemax", this.high);
    this.canvas.setAttribute("aria-valuenow", this.from);
  }

  // Axis and bars as pictures, made anew only with the data, the filters, the span, the size or the theme.
  _picture(scale, floor) {
    if (this.bars && this.bars.theme === this.theme) return this.bars;
    const sheet = () => Object.assign(document.createElement("canvas"), { width: this.canvas.width, height: this.canvas.height });
    this.bars = { theme: this.theme, axis: sheet(), bars: sheet() };
    const [axis, bars] = [this.bars.axis.getContext("2d"), this.bars.bars.getContext("2d")];
    for (const ctx of [axis, bars]) ctx.setTransform(scale, 0, 0, scale, 0, 0);
    this._drawAxis(axis, floor);
    axis.fillStyle = this.theme.faint;
    axis.fillRect(INSET, floor, this.width - 2 * INSET, 1);
    this._drawBeyond(axis);
    this._drawBars(bars, floor);
    return this.bars;
  }

  _drawBars(ctx, floor) {
    const { columns, most, step } = this._columns();
    if (!most) return;
    const unit = (floor - 8) / most;
    const wide = Math.max(1.2, step - (step > 4 ? 1.5 : 0.6));
    for (const { x, counts, spread } of columns) {
      let y = floor;
      for (let t = 0; t < counts.length; t++) {
        if (!counts[t]) continue;
        const h = Math.max(1, counts[t] * unit);
        ctx.fillStyle = this.theme.types[t];
        ctx.fillRect(x, y - h, wide, h);
        y -= h;
      }
      if (spread > 0.004) {
        const h = Math.max(0.8, spread * unit);
        ctx.fillStyle = this.theme.spread;
        ctx.fillRect(x, y - h, wide, h);
      }
    }
  }

  _drawAxis(ctx, floor) {
    ctx.font = "11px " + this.theme.font;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    let free = -Infinity;
    for (const { day, label, major } of ticks(Math.ceil(this.spanLow), this.end, (this.width - 2 * INSET) / (this.end - this.spanLow))) {
      const x = this.xOf(day);
      ctx.fillStyle = this.theme.grid;
      ctx.fillRect(Math.round(x), major ? 2 : floor, 1, major ? floor + 2 : 4);
      const w = ctx.measureText(label).width;
      const at = Math.min(x + 3, this.width - w - 2);
      if (at < free) continue;
      ctx.fillStyle = major ? this.theme.ink : this.theme.quiet;
      ctx.fillText(label, at, floor + 5);
      free = at + w + 10;
    }
  }

  // How many incidents lie before and after the span that is drawn.
  _drawBeyond(ctx) {
    const days = this.high - this.low + 1;
    const count = (a, b) => Math.round(this.sure.reduce((n, counts) => n + sum(counts, a, b), sum(this.spread, a, b)));
    const before = count(0, Math.max(0, Math.floor(this.spanLow - this.low)));
    const after = count(Math.min(days, Math.ceil(this.spanEnd - this.low)), days);
    ctx.font = "11px " + this.theme.font;
    ctx.fillStyle = this.theme.quiet;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    if (before) ctx.fillText("‹ " + grouped(before) + " earlier", INSET + 8, 3);
    ctx.textAlign = "right";
    if (after) ctx.fillText(grouped(after) + " later ›", this.width - INSET - 8, 3);
  }

  _drawHandle(ctx, x, floor, held) {
    const { theme } = this;
    ctx.fillStyle = held ? theme.accent : theme.handle;
    ctx.fillRect(x - 1, 2, 2, floor - 2);
    ctx.beginPath();
    ctx.roundRect(x - 4.5, floor / 2 - 10, 9, 20, 4);
    ctx.fill();
    ctx.fillStyle = theme.rim;
    ctx.fillRect(x - 1.5, floor / 2 - 4, 1, 8);
    ctx.fillRect(x + 0.8, floor / 2 - 4, 1, 8);
  }

  _drawKnown(ctx, floor) {
    const x = this.xOf(this.knownOn + 1);
    ctx.save();
    ctx.setLineDash([3, 3]);
    ctx.strokeStyle = this.theme.accent;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, 10);
    ctx.lineTo(x, floor);
    ctx.stroke();
    ctx.restore();
    ctx.fillStyle = this.theme.accent;
    ctx.beginPath();
    ctx.moveTo(x - 7, 1);
    ctx.lineTo(x + 7, 1);
    ctx.lineTo(x, 11);
    ctx.fill();
  }
}

function sum(values, a, b) {
  let total = 0;
  for (let i = a; i < b; i++) total += values[i];
  return total;
}

// Axis marks between two days: years, months or days, whichever leaves room for its label.
function ticks(low, high, pixelsADay) {
  const out = [];
  const start = new Date(low * DAY_MS);
  const years = pixelsADay * 365;
  if (pixelsADay >= 5) {
    const step = [1, 2, 7, 14].find((s) => s * pixelsADay >= 62) ?? 14;
    for (let d = low; d <= high; d += step) out.push(dayTick(d));
    return out;
  }
  const months = years >= 420 ? 1 : years >= 170 ? 3 : 12;
  const every = months === 12 ? Math.max(1, Math.ceil(48 / years)) : 1;
  for (let y = start.getUTCFullYear(); ; y++) {
    for (let m = 0; m < 12; m += months) {
      const day = Date.UTC(y, m, 1) / DAY_MS;
      if (day > high) return out;
      if (day < low || (months === 12 && y % every)) continue;
      out.push({ day, label: m === 0 ? String(y) : MONTHS[m].slice(0, 3), major: m === 0 });
    }
  }
}

function dayTick(day) {
  const d = new Date(day * DAY_MS);
  const first = d.getUTCMonth() === 0 && d.getUTCDate() <= 7;
  const label = d.getUTCDate() + " " + MONTHS[d.getUTCMonth()].slice(0, 3);
  return { day, label: first ? label + " " + d.getUTCFullYear() : label, major: false };
}
