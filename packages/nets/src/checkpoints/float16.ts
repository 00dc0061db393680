/** What every bit pattern of binary16 stands for; made at its first use. */
let widened: Float32Array<ArrayBuffer> | undefined;

/** Widens IEEE 754 binary16 bit patterns to float32: exact for every value, infinities and NaN included. */
export function widenFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  widened ??= Float32Array.from({ length: 0x10000 }, (_, half) => widenOne(half));
  const wide = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) wide[i] = widened[halves[i]];
  return wide;
}

function widenOne(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Narrows float32 to IEEE 754 binary16 bit patterns, rounding to nearest with ties to even; 65520 and beyond become infinite. */
export function narrowFloat16(wide: Float32Array): Uint16Array<ArrayBuffer> {
  const patterns = new Uint32Array(wide.buffer, wide.byteOffset, wide.length);
  const halves = new Uint16Array(wide.length);
  for (let i = 0; i < wide.length; i++) halves[i] = narrowOne(Math.abs(wide[i]), patterns[i]);
  return halves;
}

/** Bit patterns of float32: infinity, 65520 and 2^-14. */
const [infinite, tooLarge, leastNormal] = [0x7f800000, 0x477ff000, 0x38800000];

function narrowOne(magnitude: number, pattern: number): number {
  const sign = (pattern >>> 16) & 0x8000;
  const bits = pattern & 0x7fffffff;
  if (bits >= tooLarge) return sign | (bits > infinite ? 0x7e00 : 0x7c00);
  // Below 2^-14 halves are subnormal, whole multiples of 2^-24; 2^52 more has no place left for a fraction.
  if (bits < leastNormal) return sign | (magnitude * 2 ** 24 + 2 ** 52 - 2 ** 52);
  // 13 bits fall away; a carry goes on into the exponent, whose bias is 112 less.
  const even = (bits >>> 13) & 1;
  return sign | ((bits + 0xfff + even - (112 << 23)) >>> 13);
}

/** Widens bfloat16 bit patterns (the upper half of a float32) to float32: exact for every value. */
export function widenBfloat16(patterns: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(patterns, (pattern) => pattern << 16).buffer);
}
