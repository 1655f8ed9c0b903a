// What there is to read about each row. It comes after the numbers: with the first message where it is little, on its
// own once the map stands, or row by row as somebody asks. In a file that was saved it lies behind the map and is
// opened when it is wanted.

const ASK_PAUSE_MS = 30; // rows that are wanted within a blink are asked for together
const ASK_AGAIN_MS = 4000; // the answer can get lost when the page has more to tell, or still be in the making
const MOST_PATIENT_MS = 60000;

class Details {
  constructor(ask) {
    this.ask = ask; // tells the page's side what is missing; null in a file, where everything is at hand
    this.rows = new Map();
    this.waiting = new Map(); // row -> {promise, give}
    this.opened = new Map();
    this.whole = null;
    this.wantsWhole = false;
    this.patience = ASK_AGAIN_MS;
  }

  // What is at hand without waiting.
  peek(row) {
    return this.rows.get(row) ?? null;
  }

  // Resolves to a row's details.
  of(row) {
    const known = this.rows.get(row);
    if (known) return Promise.resolve(known);
    if (this.whole) return this._open(row);
    if (!this.waiting.has(row)) {
      const waits = {};
      waits.promise = new Promise((give) => { waits.give = give; });
      this.waiting.set(row, waits);
    }
    this._askSoon(ASK_PAUSE_MS);
    return this.waiting.get(row).promise;
  }

  // What is still missing, for the message to the page's side; null where nothing is.
  wanted() {
    const rows = [...this.waiting.keys()];
    return rows.length || this.wantsWhole ? { rows, whole: this.wantsWhole } : null;
  }

  wantWhole() {
    if (this.whole) return;
    this.wantsWhole = true;
    this._askSoon(ASK_PAUSE_MS);
  }

  // A row that is asked for now does not wait for the next reminder.
  _askSoon(pause) {
    if (!this.ask) return;
    const due = performance.now() + pause;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (!this.wanted()) return;
      this.ask();
      this._askSoon(this.patience);
      this.patience = Math.min(MOST_PATIENT_MS, this.patience * 2);
    }, pause);
  }

  async take(bytes) {
    const { header, body } = unframe(bytes);
    this.patience = ASK_AGAIN_MS;
    if (header.kind === "whole") this.takeWhole(header, body);
    else {
      const told = await inflated(body).json();
      header.rows.forEach((row, i) => this._give(row, told[i]));
    }
  }

  takeWhole({ size, lengths }, body) {
    const chunks = [];
    let start = 0;
    for (const length of lengths) {
      chunks.push(body.subarray(start, start + length));
      start += length;
    }
    this.settle({ size, chunk: (n) => inflated(chunks[n]).json() });
  }

  // `whole` opens chunks of `size` rows.
  settle(whole) {
    this.whole = whole;
    this.wantsWhole = false;
    for (const row of this.waiting.keys()) this._open(row);
  }

  async _open(row) {
    const { size, chunk } = this.whole;
    const n = Math.floor(row / size);
    if (!this.opened.has(n)) this.opened.set(n, Promise.resolve(chunk(n)).then((told) => told.forEach((one, i) => this._give(n * size + i, one))));
    await this.opened.get(n);
    return this.rows.get(row) ?? null;
  }

  _give(row, told) {
    this.rows.set(row, told);
    this.waiting.get(row)?.give(told);
    this.waiting.delete(row);
  }
}

// The details that lie in the same file, behind the map: one line of JSON or of packed JSON for each chunk of rows.
function detailsBehind(id, size) {
  let lines = null;
  const read = async () => {
    if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    lines = lines ?? document.getElementById(id).textContent.trim().split("\n");
    return lines;
  };
  return {
    size,
    chunk: async (n) => {
      const line = (await read())[n];
      return line.startsWith("[") ? JSON.parse(line) : inflated(fromBase64(line)).json();
    },
  };
}
