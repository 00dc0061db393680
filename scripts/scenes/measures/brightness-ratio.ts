import { type Levels, lumaAt, luminanceAt } from "./levels.ts";

/** Which pixels of the photo count, by their luma of 0 to 255; all if not given. */
export interface LumaRange {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/**
 * Mean luminance of the result over that of the photo, in linear light: 1 is as it was, 2 one stop lighter. The same
 * pixels are compared, chosen by the photo. NaN where there is no light to compare with.
 */
export function brightnessRatio(before: Levels, after: Levels, { atLeast = 0, atMost = 255 }: LumaRange = {}): number {
  let [was, is] = [0, 0];
  for (let i = 0; i < before.rgb.length; i += 3) {
    const luma = lumaAt(before, i);
    if (luma < atLeast || luma > atMost) continue;
    was += luminanceAt(before, i);
    is += luminanceAt(after, i);
  }
  return was > 0 ? is / was : Number.NaN;
}
