// Moving the window of time: by hand, by key and by itself.

const HANDLE_REACH = 11; // CSS pixels; a finger needs about 44 in all and gets them from the canvas' height

class Timeline extends Histogram {
  constructor(theme, heard) {
    super(theme, heard);
    this._listen();
  }

  set(from, to, done) {
    [from, to] = [Math.round(from), Math.round(to)];
    if (from > to) [from, to] = [to, from];
    this.from = Math.max(this.low, Math.min(this.high, from));
    this.to = Math.max(this.from, Math.min(this.high, to));
    if (this.to < this.spanLow || this.from >= this.spanEnd) this.wholeSpan();
    else this.draw();
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
    c.addEventListener("dblclick", () => { this.wholeSpan(); this.set(this.low, this.high, true); });
    c.addEventListener("wheel", (e) => this._zoom(e), { passive: false });
    c.addEventListener("keydown", (e) => this._key(e));
    c.addEventListener("keyup", (e) => { if (e.key.startsWith("Arrow")) this.heard.window(this.from, this.to, true); });
  }

  _partAt(x, y) {
    if (this.knownOn !== null && y < 16 && Math.abs(x - this.xOf(this.knownOn + 1)) < 14) return "known";
    const [a, b] = [this._handleX(this.from), this._handleX(this.to + 1)];
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
