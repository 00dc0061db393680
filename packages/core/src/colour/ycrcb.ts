/**
 * YCrCb as OpenCV's `COLOR_RGB2YCrCb` computes it: fixed point with 14 fractional bits on whole levels, here for any
 * number of levels up to 65535 (32-bit products still hold). Y is 0 to `levels`; Cr and Cb have their zero at
 * `(levels + 1) / 2`.
 */

const half = 1 << 13;

/** Luma of whole RGB levels (ITU-R BT.601 weights). */
export function lumaOf(red: number, green: number, blue: number): number {
  return (4899 * red + 9617 * green + 1868 * blue + half) >> 14;
}

/** Cr: how much redder than its luma a colour is. */
export function redDifference(red: number, luma: number, levels: number): number {
  return clampLevel(((red - luma) * 11682 + (((levels + 1) >> 1) << 14) + half) >> 14, levels);
}

/** Cb: how much bluer than its luma a colour is. */
export function blueDifference(blue: number, luma: number, levels: number): number {
  return clampLevel(((blue - luma) * 9241 + (((levels + 1) >> 1) << 14) + half) >> 14, levels);
}

/** Red of a YCrCb colour, clipped to 0..`levels`. */
export function redOf(luma: number, cr: number, levels: number): number {
  return clampLevel(luma + ((22987 * (cr - ((levels + 1) >> 1)) + half) >> 14), levels);
}

/** Green of a YCrCb colour, clipped to 0..`levels`. */
export function greenOf(luma: number, cr: number, cb: number, levels: number): number {
  const zero = (levels + 1) >> 1;
  return clampLevel(luma + ((-5636 * (cb - zero) - 11698 * (cr - zero) + half) >> 14), levels);
}

/** Blue of a YCrCb colour, clipped to 0..`levels`. */
export function blueOf(luma: number, cb: number, levels: number): number {
  return clampLevel(luma + ((29049 * (cb - ((levels + 1) >> 1)) + half) >> 14), levels);
}

function clampLevel(value: number, levels: number): number {
  return Math.min(levels, Math.max(0, value));
}
