import type { Levels } from "./levels.ts";

const side = 8;

/**
 * The largest change of a channel's mean over a block of 8x8 pixels, in levels of 255: removing noise leaves these
 * means as they are, lifting it or turning it into clouds does not. Blocks that the frame cuts are left out.
 */
export function largestBlockChange(before: Levels, after: Levels): number {
  const { width, height } = before;
  let largest = 0;
  for (let top = 0; top + side <= height; top += side) {
    for (let left = 0; left + side <= width; left += side) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let y = top; y < top + side; y++) {
          for (let i = 3 * (y * width + left) + c; i < 3 * (y * width + left + side); i += 3) {
            sum += after.rgb[i] - before.rgb[i];
          }
        }
        const change = sum / side ** 2;
        if (Math.abs(change) > Math.abs(largest)) largest = change;
      }
    }
  }
  return largest;
}
