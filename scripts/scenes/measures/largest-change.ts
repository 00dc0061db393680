import type { Levels } from "./levels.ts";

/** The largest change of a sample, in levels of 255; above 0 if it became lighter. */
export function largestChange(before: Levels, after: Levels): number {
  let largest = 0;
  for (let i = 0; i < before.rgb.length; i++) {
    const change = after.rgb[i] - before.rgb[i];
    if (Math.abs(change) > Math.abs(largest)) largest = change;
  }
  return largest;
}
