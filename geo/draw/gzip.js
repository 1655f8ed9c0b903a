// Unpacking gzip: a Response of what some bytes hold.

function inflated(bytes) {
  const stream = new DecompressionStream("gzip");
  const pen = stream.writable.getWriter();
  pen.write(bytes).catch(() => {}); // what is wrong with them the reader hears
  pen.close().catch(() => {});
  return new Response(stream.readable);
}
