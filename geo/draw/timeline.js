// The histogram under the map: incidents by day, stacked by type, with a window to drag, and "as known on".

const HANDLE_REACH = 11; // CSS pixels; a finger needs about 44 in all and gets them from the canvas' height
const AXIS_HEIGHT = 18;

class Timeline {
  constructor(theme, heard) {
    this.theme = theme;
    this.heard = heard; // {window(from, to, done), known(day, done), play(on)}
    this.canvas = el("canvas", { class: "cm-histogram", tabindex: "0", role: "slider", "aria-label": "Time window: arrows move it by a day, with shift by a week, space plays" });
    this.canvas.style.touchAction = "pan-y";
    this.dragging = null;
    this.playing = null;
    this.daysASecond = 7;
    this.knownOn = null;
    this._listen();
  }

  load(incidents) {
    this.incidents = incidents;
    this.low = incidents.dated ? incidents.low : 0;
    this.high = incidents.dated ? incidents.high : 0;
    let last = this.high;
    let first = this.high;
    for (const day of incidents.known) {
      if (day >= UNDATED) continue;
      if (day > last) last = day;
      if (day < first) first = day;
    }
    this.knownLow = first;
    this.knownHigh = last;
    this.from = incidents.from;
    this.to = incidents.to;
    this.tally();
  }

  // Incidents by day and type under all filters but the window. One of several possible days counts as a share of
  // each of them, so that the sum stays the number of incidents.
  tally() {
    const { incidents, low, high } = this;
    const days = high - low + 1;
    const kinds = incidents.types.length + 1;
    this.sure = Array.from({ length: kinds }, () => new Float32Array(days));
    this.spread = new Float32Array(days + 1);
    for (let row = 0; row < incidents.count; row++) {
      if (!incidents.pass[row]) continue;
      const [first, last] = [incidents.first[row], incidents.last[row]];
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

  get end() {
    return Math.max(this.high, this.knownOn === null ? this.high : this.knownHigh) + 1;
  }

  xOf(day) {
    const inset = 10;
    return inset + ((day - this.low) / Math.max(1, this.end - this.low)) * (this.width - 2 * inset);
  }

  dayAt(x) {
    const inset = 10;
    return this.low + ((x - inset) / (this.width - 2 * inset)) * Math.max(1, this.end - this.low);
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

  // Heights by pixel column, kept until the data, filters or size change: drawing a step is then a blit.
  _bars() {
    if (this.bars) return this.bars;
    const columns = [];
    const step = Math.max(2, Math.min(14, Math.floor((this.width - 20) / Math.max(1, this.end - this.low))));
    let most = 0;
    for (let x = 10; x < this.width - 10; x += step) {
      const a = Math.max(0, Math.ceil(this.dayAt(x) - this.low - 1e-6));
      const b = Math.min(this.high - this.low + 1, Math.ceil(this.dayAt(x + step) - this.low - 1e-6));
      const counts = this.sure.map((days) => sum(days, a, b));
      const spread = sum(this.spread, a, b);
      const total = counts.reduce((s, n) => s + n, 0) + spread;
      if (total > most) most = total;
      columns.push({ x, counts, spread, total });
    }
    this.bars = { columns, most, step };
    return this.bars;
  }

  draw() {
    if (!this.width || !this.incidents) return;
    const scale = this.canvas.width / this.width;
    const ctx = this.canvas.getContext("2d");
    const { theme } = this;
    const floor = this.height - AXIS_HEIGHT;
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    const [x0, x1] = [this.xOf(this.from), this.xOf(this.to + 1)];
    ctx.fillStyle = theme.brush;
    ctx.fillRect(x0, 2, x1 - x0, floor - 2);
    this._drawAxis(ctx, floor);
    this._drawBars(ctx, floor, x0, x1);
    ctx.fillStyle = theme.faint;
    ctx.fillRect(10, floor, this.width - 20, 1);
    this._drawHandle(ctx, x0, floor, this.dragging === "from");
    this._drawHandle(ctx, x1, floor, this.dragging === "to");
    if (this.knownOn !== null) this._drawKnown(ctx, floor);
    this.canvas.setAttribute("aria-valuetext", toIso(this.from) + " to " + toIso(this.to));
    this.canvas.setAttribute("aria-valuemin", this.low);
    this.canvas.setAttribute("aria-valuemax", this.high);
    this.canvas.setAttribute("aria-valuenow", this.from);
  }

  _drawBars(ctx, floor, x0, x1) {
    const { columns, most, step } = this._bars();
    if (!most) return;
    const unit = (floor - 8) / most;
    const wide = Math.max(1.2, step - (step > 4 ? 1.5 : 0.6));
    for (const { x, counts, spread } of columns) {
      const inside = x + step / 2 >= x0 && x + step / 2 <= x1;
      ctx.globalAlpha = inside ? 1 : 0.28;
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
    ctx.globalAlpha = 1;
  }

  _drawAxis(ctx, floor) {
    ctx.font = "11px " + this.theme.font;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    let free = -Infinity;
    for (const { day, label, major } of ticks(this.low, this.end, (this.width - 20) / (this.end - this.low))) {
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

  // --- moving

  set(from, to, done) {
    [from, to] = [Math.round(from), Math.round(to)];
    if (from > to) [from, to] = [to, from];
    this.from = Math.max(this.low, Math.min(this.high, from));
    this.to = Math.max(this.from, Math.min(this.high, to));
    this.draw();
    this.heard.window(this.from, this.to, done);
  }

  shift(days, done) {
    const length = this.to - this.from;
    if (length >= this.high - this.low) { // the whole range has no room: an arrow then takes days off its far end
      if (days > 0) this.set(this.from + days, this.to, done);
      else this.set(this.from, this.to + days, done);
      return;
    }
    const from = Math.max(this.low, Math.min(this.high - length, this.from + days));
    this.set(from, from + length, done);
  }

  setKnown(day, done) {
    this.knownOn = day === null ? null : Math.max(this.knownLow, Math.min(this.knownHigh, Math.round(day)));
    this.bars = null;
    this.draw();
    this.heard.known(this.knownOn, done);
  }

  _listen() {
    const c = this.canvas;
    c.addEventListener("pointerdown", (e) => this._grab(e));
    c.addEventListener("pointermove", (e) => this._drag(e));
    c.addEventListener("pointerup", (e) => this._drop(e));
    c.addEventListener("pointercancel", (e) => this._drop(e));
    c.addEventListener("dblclick", () => this.set(this.low, this.high, true));
    c.addEventListener("keydown", (e) => this._key(e));
    c.addEventListener("keyup", (e) => { if (e.key.startsWith("Arrow")) this.heard.window(this.from, this.to, true); });
  }

  _partAt(x, y) {
    if (this.knownOn !== null && y < 16 && Math.abs(x - this.xOf(this.knownOn + 1)) < 14) return "known";
    const [a, b] = [this.xOf(this.from), this.xOf(this.to + 1)];
    const [toA, toB] = [Math.abs(x - a), Math.abs(x - b)];
    if (Math.min(toA, toB) <= HANDLE_REACH) return toA < toB || (toA === toB && x < a) ? "from" : "to";
    return x > a && x < b && !(this.from === this.low && this.to === this.high) ? "body" : "new";
  }

  _grab(event) {
    if (!this.incidents || !this.incidents.dated) return;
    const { offsetX: x, offsetY: y } = event;
    this.stop();
    this.canvas.setPointerCapture(event.pointerId);
    this.dragging = this._partAt(x, y);
    this.grabbed = { x, from: this.from, to: this.to, moved: false };
  }

  _drag(event) {
    const { offsetX: x, offsetY: y } = event;
    if (!this.dragging) {
      const part = this.incidents ? this._partAt(x, y) : "new";
      this.canvas.style.cursor = { from: "ew-resize", to: "ew-resize", body: "grab", known: "ew-resize", new: "crosshair" }[part];
      return;
    }
    if (!this.grabbed.moved && Math.abs(x - this.grabbed.x) < 3) return;
    this.grabbed.moved = true;
    const day = this.dayAt(x);
    if (this.dragging === "from") this.set(Math.min(Math.round(day), this.to), this.to, false);
    else if (this.dragging === "to") this.set(this.from, Math.max(Math.round(day) - 1, this.from), false);
    else if (this.dragging === "known") this.setKnown(Math.round(day) - 1, false);
    else if (this.dragging === "new") this.set(Math.floor(this.dayAt(this.grabbed.x)), Math.floor(day), false);
    else {
      const length = this.grabbed.to - this.grabbed.from;
      const moved = Math.round(day - this.dayAt(this.grabbed.x));
      const from = Math.max(this.low, Math.min(this.high - length, this.grabbed.from + moved));
      this.set(from, from + length, false);
    }
  }

  _drop() {
    if (!this.dragging) return;
    const { moved } = this.grabbed;
    const part = this.dragging;
    this.dragging = null;
    this.draw();
    if (!moved) return;
    if (part === "known") this.heard.known(this.knownOn, true);
    else this.heard.window(this.from, this.to, true);
  }

  _key(event) {
    const step = event.shiftKey ? 7 : 1;
    const acts = {
      ArrowRight: () => this.shift(step, false),
      ArrowLeft: () => this.shift(-step, false),
      ArrowUp: () => this.set(this.from, this.to + step, true),
      ArrowDown: () => this.set(this.from, this.to - step, true),
      Home: () => this.shift(this.low - this.from, true),
      End: () => this.shift(this.high - this.to, true),
      Escape: () => this.set(this.low, this.high, true),
      " ": () => this.toggle(),
    };
    const act = acts[event.key];
    if (!act || !this.incidents) return;
    event.preventDefault();
    if (event.key !== " ") this.stop();
    act();
  }

  // --- playing

  toggle() {
    if (this.playing) this.stop();
    else this.play();
  }

  play() {
    if (!this.incidents.dated || this.high === this.low) return;
    const range = this.high - this.low;
    if (this.to - this.from >= range) this.set(this.low, this.low + Math.max(6, Math.round(range / 12)), false);
    else if (this.to >= this.high) this.set(this.low, this.low + (this.to - this.from), false);
    let last = performance.now();
    let owed = 0;
    const tick = (now) => {
      owed += ((now - last) / 1000) * this.daysASecond;
      last = now;
      const days = Math.floor(owed);
      owed -= days;
      if (days) this.shift(days, false);
      if (this.to >= this.high) this.stop();
      else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
    this.heard.play(true);
  }

  stop() {
    if (!this.playing) return;
    cancelAnimationFrame(this.playing);
    this.playing = null;
    this.heard.play(false);
    this.heard.window(this.from, this.to, true);
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
