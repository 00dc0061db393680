import { KindlingError, type Random } from "@kindling/core";
import type { Dihedral } from "./dihedral.ts";
import { drawFrame, type Frame, frameAlong } from "./frame.ts";
import type { ImageFacts } from "./training-image.ts";
import type { Tone } from "./write-patch.ts";

/** Options that aligned and unpaired draws share. */
export interface PatchOptions {
  /** A whole number; seed and step decide every draw. */
  readonly seed: number;
  /** Patches of one batch. */
  readonly batchSize: number;
  /** Side of the square patches. */
  readonly cropPx: number;
  /** Turns and flips to choose from with equal chance: `dihedrals`, `flips`, or `[0]` for none. */
  readonly augmentations: readonly Dihedral[];
  /** The least share of each side that frames keep, 0 to 1; default 1: whole pictures alone. */
  readonly leastFrame?: number;
}

/** Where a patch is cut from, how it is turned, and what is shown as the whole picture around it. */
export interface PatchDraw {
  readonly left: number;
  readonly top: number;
  readonly dihedral: Dihedral;
  /** Default the whole picture. */
  readonly frame?: Frame;
}

/**
 * Draws a frame of a picture, a place inside it and a turn; it uses three random numbers, and those of `drawFrame`.
 *
 * @throws {KindlingError} `invalid-option` where the picture is smaller than the crop.
 */
export function drawPatch(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  { cropPx, augmentations, leastFrame = 1 }: PatchOptions,
  random: Random,
): PatchDraw {
  if (width < cropPx || height < cropPx) {
    throw new KindlingError("invalid-option", `A crop of ${cropPx} px does not fit in ${width} x ${height} pixels.`);
  }
  const frame = drawFrame({ width, height }, leastFrame, cropPx, random);
  const placeAlong = (axis: "x" | "y", side: number) => {
    const { start, length } = frameAlong(frame, axis, side);
    const [first, last] = [Math.ceil(start), Math.floor(start + length) - cropPx];
    return first + Math.floor(random() * (last - first + 1));
  };
  const [left, top] = [placeAlong("x", width), placeAlong("y", height)];
  return { left, top, dihedral: augmentations[Math.floor(random() * augmentations.length)], frame };
}

/** The tone that leaves a picture as it is: black 0, white 1. */
export const plainTone: Tone = { scale: 1, bias: 0 };

/**
 * Computes the tone that stretches a whole picture to the range 0 to 1: (x - min) / max(max - min, 0.001) over all channels.
 * Source: the code of KinD's authors.
 */
export function stretchTone({ min, max }: ImageFacts): Tone {
  const range = Math.max(max - min, 0.001);
  return { scale: 1 / range, bias: -min / range };
}
