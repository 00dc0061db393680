/** Widens IEEE 754 binary16 bit patterns to float32: exact for every value, infinities and NaN included. */
export function widenFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const wide = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) wide[i] = widenOne(halves[i]);
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

function narrowOne(magnitude: number, pattern: number): number {
  const sign = (pattern >>> 16) & 0x8000;
  if (Number.isNaN(magnitude)) return sign | 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 halves are subnormal: their spacing stays that of 2^-14.
  const exponent = Math.max(((pattern >>> 23) & 0xff) - 127, -14);
  const steps = roundHalfToEven(magnitude * 2 ** (10 - exponent));
  // A normal number has 1024 steps or more: adding them carries the hidden bit, and a round-up to 2048, into the exponent.
  return sign | (((exponent + 14) << 10) + steps);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Widens bfloat16 bit patterns (the upper half of a float32) to float32: exact for every value. */
export function widenBfloat16(patterns: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(patterns, (pattern) => pattern << 16).buffer);
}
