import type { Levels } from "./levels.ts";

/**
 * What white has become: the mean change of the samples of white pixels, all three of which are 255 in the photo, in
 * levels of 255; below 0 for darker. NaN for a photo without white.
 */
export function meanWhiteChange(before: Levels, after: Levels): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < before.rgb.length; i += 3) {
    if (before.rgb[i] + before.rgb[i + 1] + before.rgb[i + 2] < 3 * 255) continue;
    sum += after.rgb[i] + after.rgb[i + 1] + after.rgb[i + 2] - 3 * 255;
    count += 3;
  }
  return sum / count;
}
