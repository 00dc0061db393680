import type { Levels } from "./levels.ts";

/** Change of the mean of the samples, in levels of 255: what removing noise leaves as it is. */
export function changeOfMean(before: Levels, after: Levels): number {
  let sum = 0;
  for (let i = 0; i < before.rgb.length; i++) sum += after.rgb[i] - before.rgb[i];
  return sum / before.rgb.length;
}
