/**
 * Counts the frames of a GIF, 1 for a still. A file that ends in the middle has the frames that began.
 *
 * Source: GIF89a specification (CompuServe), sections 18 to 27.
 */
export function framesOfGif(bytes: Uint8Array): number {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === 0x2c) {
      frames++;
      at += 11 + tableBytes(bytes[at + 9] ?? 0);
    } else if (kind === 0x21) at += 2;
    else break;
    // Blocks of data, each with its length in front; the last is empty.
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at++;
  }
  return Math.max(1, frames);
}
