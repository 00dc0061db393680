import type { Levels } from "./levels.ts";

/** The brightest sample of the result where the photo of the lamp is black: every channel at most 1 of 255. */
export function brightestBackground(before: Levels, after: Levels): number {
  let brightest = 0;
  for (let i = 0; i < before.rgb.length; i += 3) {
    if (Math.max(before.rgb[i], before.rgb[i + 1], before.rgb[i + 2]) > 1) continue;
    brightest = Math.max(brightest, after.rgb[i], after.rgb[i + 1], after.rgb[i + 2]);
  }
  return brightest;
}
