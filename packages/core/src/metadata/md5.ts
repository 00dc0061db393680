import { concatBytes, viewOf } from "./byte-list.ts";

/** Bits that each step of a round turns by. */
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;

const sines = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** The MD5 digest of bytes in hexadecimal capitals, by which extended XMP is named; no protection. Source: RFC 1321. */
export function md5(bytes: Uint8Array): string {
  const padding = new Uint8Array(((119 - (bytes.length % 64)) % 64) + 9);
  padding[0] = 0x80;
  viewOf(padding).setUint32(padding.length - 8, bytes.length * 8, true);
  viewOf(padding).setUint32(padding.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  const whole = viewOf(concatBytes(bytes, padding));
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < whole.byteLength; block += 64) {
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const word = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] & 15;
      const sum = (a + mixed + sines[i] + whole.getUint32(block + 4 * word, true)) | 0;
      const turn = turns[4 * round + (i & 3)];
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    [a, b, c, d] = [(a + a0) | 0, (b + b0) | 0, (c + c0) | 0, (d + d0) | 0];
  }
  const digest = new Uint8Array(16);
  for (const [i, value] of [a, b, c, d].entries()) viewOf(digest).setInt32(4 * i, value, true);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
