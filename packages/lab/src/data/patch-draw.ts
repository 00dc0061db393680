import { KindlingError, type Random } from "@kindling/core";
import type { Dihedral } from "./dihedral.ts";
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
}

/** Where a patch is cut from and how it is turned. */
export interface PatchDraw {
  readonly left: number;
  readonly top: number;
  readonly dihedral: Dihedral;
}

/**
 * Draws a place inside a picture and a turn; it uses three random numbers.
 *
 * @throws {KindlingError} `invalid-option` where the picture is smaller than the crop.
 */
export function drawPatch(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  { cropPx, augmentations }: PatchOptions,
  random: Random,
): PatchDraw {
  if (width < cropPx || height < cropPx) {
    throw new KindlingError("invalid-option", `A crop of ${cropPx} px does not fit in ${width} x ${height} pixels.`);
  }
  const [left, top] = [width, height].map((side) => Math.floor(random() * (side - cropPx + 1)));
  return { left, top, dihedral: augmentations[Math.floor(random() * augmentations.length)] };
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
