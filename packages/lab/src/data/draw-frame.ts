import type { Random } from "@kindling/core";
import type { ImageFacts } from "./training-image.ts";

/** A part of a photo that stands for the whole photo, in `frameUnits` to a side. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Units of a frame along a side of the photo. */
export const frameUnits = 32;

/** Least side of a frame, in its units: half of the photo's. */
const leastSide = frameUnits / 2;

/** Where a crop lies. */
export interface CropPlace {
  readonly left: number;
  readonly top: number;
}

/**
 * Draws a part of a photo that holds the crop, each side from half of the photo's to all of it: so a few photos teach more
 * than a few distributions of light.
 *
 * @returns `undefined`, the whole photo, for half of the draws.
 */
export function drawFrame(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  { left, top }: CropPlace,
  cropPx: number,
  random: Random,
): Frame | undefined {
  if (random() < 0.5) return undefined;
  const [across, down] = [drawSpan(left, cropPx, width, random), drawSpan(top, cropPx, height, random)];
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

/** Draws the extent of a frame along one side of the photo. */
function drawSpan(start: number, cropPx: number, sidePx: number, random: Random): { start: number; length: number } {
  const first = Math.floor((start / sidePx) * frameUnits);
  const end = Math.ceil(((start + cropPx) / sidePx) * frameUnits);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const length = between(Math.max(leastSide, end - first), frameUnits);
  return { start: between(Math.max(0, end - length), Math.min(first, frameUnits - length)), length };
}
