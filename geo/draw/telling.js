// What the frame tells the page around it, and what it remembers for the next time that it is made.

const REPORT_PAUSE_MS = 350; // the map's position is told once it has come to rest

const FRAME = Math.random().toString(36).slice(2); // this very frame, which forgets everything when it goes

class Telling extends Pointing {
  _moved() {
    this._orient();
    if (!this.settled) return; // the frame is still taking its size
    this._remember();
    clearTimeout(this.moving);
    if (this.options.reportView) this.moving = setTimeout(() => this._tell(), REPORT_PAUSE_MS);
  }

  value() {
    const { incidents } = this;
    const b = this.map.getBounds();
    const c = this.map.getCenter().wrap();
    const round = (v) => Math.round(v * 1e4) / 1e4;
    const whole = incidents.from === incidents.low && incidents.to === incidents.high;
    const f = incidents.filters;
    return {
      ...this._holding(),
      selected: this.selectedRow < 0 ? null : incidents.ids[this.selectedRow],
      window: whole ? null : [toIso(incidents.from), toIso(incidents.to)],
      known_on: f.knownOn === null ? null : toIso(f.knownOn),
      types: f.types ?? [], actors: f.actors ?? [], sources: f.sources ?? [],
      rectangle: f.box,
      bounds: [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()].map(round),
      view: [round(c.lat), round(c.lng), this.map.getZoom()],
      clicked: this.clicked ?? null,
      report: this.reported ?? null,
      report_seq: this.reportSeq ?? 0,
    };
  }

  _tell(extra = {}) {
    if (extra.report) {
      this.reported = extra.report;
      this.reportSeq = Date.now();
    }
    clearTimeout(this.moving);
    if (this.pending) { // the window's last move counts, painted or not
      cancelAnimationFrame(this.pending);
      this.pending = 0;
      this._step(...this.wanted);
    }
    const value = this.value();
    this._remember();
    this.spoken = true;
    this.options.tell?.(value);
    return value;
  }

  // Tells what the frame holds and lacks; what the user did is said only once there was something done.
  _ask() {
    this.asked = (this.asked ?? 0) + 1;
    const value = this.incidents ? this.value() : {};
    this.options.tell?.(this.spoken ? value : { ...this._holding(), view: null });
  }

  _holding() {
    return { frame: FRAME, holds: this.holds ?? null, asked: this.asked ?? 0, ask: this.incidents?.details.wanted() ?? null };
  }

  // The frame is made anew when one comes back to the page: the position is kept in this browser tab.
  _remember() {
    if (!this.options.remember || !this.settled) return;
    const c = this.map.getCenter();
    try {
      sessionStorage.setItem(this.options.remember, JSON.stringify({ lat: c.lat, lon: c.lng, zoom: this.map.getZoom() }));
    } catch { /* storage can be forbidden; then the view starts afresh */ }
  }

  _remembered() {
    try {
      return this.options.remember ? JSON.parse(sessionStorage.getItem(this.options.remember)) : null;
    } catch {
      return null;
    }
  }
}
