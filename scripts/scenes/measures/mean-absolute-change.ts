import type { Levels } from "./levels.ts";

/** Mean absolute change of the samples, in levels of 255. */
export function meanAbsoluteChange(before: Levels, after: Levels): number {
  let sum = 0;
  for (let i = 0; i < before.rgb.length; i++) sum += Math.abs(after.rgb[i] - before.rgb[i]);
  return sum / before.rgb.length;
}
