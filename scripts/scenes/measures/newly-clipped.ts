import type { Levels } from "./levels.ts";

const clippedFrom = 250;
const notClippedBelow = 240;

/**
 * Newly clipped pixels in percent of all: some channel is at 250 or more in the result and was below 240 in the photo.
 * Not only 255 counts: curves that approach white without reaching it leave burnt lamps at 250 and above, without
 * detail.
 */
export function newlyClipped(before: Levels, after: Levels): number {
  let clipped = 0;
  for (let i = 0; i < before.rgb.length; i += 3) {
    for (let c = i; c < i + 3; c++) {
      if (after.rgb[c] < clippedFrom || before.rgb[c] >= notClippedBelow) continue;
      clipped++;
      break;
    }
  }
  return (100 * 3 * clipped) / before.rgb.length;
}
