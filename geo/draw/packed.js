// The messages from Python: the length of a JSON header (4 bytes), the header, and columns or chunks after it.

const KINDS = { u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array };

function unframe(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, body: bytes.subarray(4 + length) };
}

// Typed arrays by name, views of the message where it lies on the right byte; "text" stays bytes until it is read.
function columnsOf({ header, body }) {
  const there = body.byteOffset % 8 ? body.slice() : body;
  const columns = {};
  for (const [name, [kind, start, count]] of Object.entries(header.layout)) {
    const Kind = KINDS[kind] ?? Uint8Array;
    columns[name] = new Kind(there.buffer, there.byteOffset + start, count);
  }
  return columns;
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
