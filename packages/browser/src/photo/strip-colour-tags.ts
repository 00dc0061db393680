/**
 * Removes the canvas' profile, which browsers add to JPEG files: the photo's own takes its place. Files of other formats come
 * back as they are.
 */
export function stripColourTags(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0xff) return bytes;
  const kept = selectJpegParts(bytes);
  const stripped = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of kept) {
    stripped.set(part, at);
    at += part.length;
  }
  return stripped;
}

/** Selects all but APP1 to APP15; APP0 is JFIF's. Source: ITU-T T.81, B.1.1.3. */
function selectJpegParts(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + view.getUint16(at + 2);
    const isApplication = bytes[at + 1] > 0xe0 && bytes[at + 1] <= 0xef;
    if (!isApplication) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return [...kept, bytes.subarray(at)];
}
