/**
 * An encoded file without what browsers put in unasked: a profile of the canvas in JPEG, chunks about its colours in
 * PNG. The photo's own profile takes their place.
 */
export function bareFile(bytes: Uint8Array): Uint8Array {
  const kept = bytes[0] === 0xff ? keptOfJpeg(bytes) : bytes[0] === 0x89 ? keptOfPng(bytes) : [bytes];
  const bare = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of kept) {
    bare.set(part, at);
    at += part.length;
  }
  return bare;
}

/** All but APP1 to APP15; APP0 is JFIF's. Source: ITU-T T.81, B.1.1.3. */
function keptOfJpeg(bytes: Uint8Array): Uint8Array[] {
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

/** All but the ancillary chunks, whose names begin with a small letter, save transparency. Source: PNG, 5.4. */
function keptOfPng(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === "tRNS" || (bytes[at + 4] & 0x20) === 0) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return kept;
}
