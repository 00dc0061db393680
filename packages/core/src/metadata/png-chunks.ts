import { asciiBytes, concatBytes, viewOf } from "./byte-list.ts";

/** Length of the signature before the first chunk. */
export const signatureBytes = 8;

/** A chunk of a PNG: its type and what it holds. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The chunks of a PNG, pixels left out; reading ends at one that is cut short. */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  const view = viewOf(bytes);
  const chunks: PngChunk[] = [];
  for (let at = signatureBytes; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type !== "IDAT" && type !== "fdAT") chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** The bytes of a chunk, with its length and check. */
export function pngChunk(type: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(asciiBytes(type), ...data);
  const framed = concatBytes(new Uint8Array(4), body, new Uint8Array(4));
  const view = viewOf(framed);
  view.setUint32(0, body.length - 4);
  view.setUint32(framed.length - 4, crc32(body));
  return framed;
}

/** A zlib stream of stored blocks: a colour profile is a few hundred bytes, and core carries no compressor. */
export function storeAsZlib(data: Uint8Array): Uint8Array {
  const maxBlock = 65535;
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < data.length || at === 0; at += maxBlock) {
    const block = data.subarray(at, at + maxBlock);
    const isLast = at + maxBlock >= data.length;
    const { length } = block;
    parts.push(Uint8Array.of(isLast ? 1 : 0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), block);
  }
  const check = new Uint8Array(4);
  viewOf(check).setUint32(0, adler32(data));
  return concatBytes(...parts, check);
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
