import type { Picture } from "@kindling/node";
import { brightnessRatio } from "./measures/brightness-ratio.ts";
import { type Levels, levelsOf } from "./measures/levels.ts";
import { newlyClipped } from "./measures/newly-clipped.ts";
import type { Check } from "./scene.ts";

/** A check, what it measured, and whether that lies between its limits. */
export interface Finding {
  readonly check: Check;
  readonly value: number;
  readonly holds: boolean;
}

function isWithin({ atLeast = -Infinity, atMost = Infinity }: Check, value: number): boolean {
  return value >= atLeast && value <= atMost;
}

/** Measures a result against its photo. */
export function measureScene(checks: readonly Check[], before: Picture, after: Picture): readonly Finding[] {
  const [was, is] = [levelsOf(before), levelsOf(after)];
  return checks.map((check) => {
    const value = check.measure(was, is);
    return { check, value, holds: isWithin(check, value) };
  });
}

/** Figures of every scene. */
export interface Summary {
  /** Mean of all samples, 0 to 255. */
  readonly meanBefore: number;
  readonly meanAfter: number;
  /** Mean luminance after over before, in linear light; NaN for black. */
  readonly brightness: number;
  /** Newly clipped pixels in percent. */
  readonly clipped: number;
}

/** Measures what the table of all scenes shows. */
export function summarise(before: Picture, after: Picture): Summary {
  const [was, is] = [levelsOf(before), levelsOf(after)];
  return {
    meanBefore: meanOf(was),
    meanAfter: meanOf(is),
    brightness: brightnessRatio(was, is),
    clipped: newlyClipped(was, is),
  };
}

function meanOf({ rgb }: Levels): number {
  return rgb.reduce((sum, level) => sum + level, 0) / rgb.length;
}
