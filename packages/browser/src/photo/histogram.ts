/** Number of pixels at each level from 0 to 255: 256 counts each of red, green and blue, one after the other. */
export type Histogram = Uint32Array<ArrayBuffer>;

/** Counts the levels of 8-bit RGBA pixels; alpha is ignored. */
export function countLevels(pixels: Uint8ClampedArray): Histogram {
  const counts = new Uint32Array(3 * 256);
  for (let i = 0; i < pixels.length; i += 4) {
    counts[pixels[i]]++;
    counts[256 + pixels[i + 1]]++;
    counts[512 + pixels[i + 2]]++;
  }
  return counts;
}
