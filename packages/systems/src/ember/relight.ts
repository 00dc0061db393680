import { createPicture, type Picture, type Steps } from "@kindling/core";
import { hasAlpha, overRows } from "@kindling/core/internal";
import type { TakePiece } from "./gain-field.ts";
import { type EmberMaps, readRow } from "./maps.ts";
import { readPixels, writePixels } from "./photo-rows.ts";
import { type RowKernel, rowKernel } from "./row-kernel.ts";

/**
 * How much of a photo's own noise is mixed into what is restored. Where a pixel is lifted much, more of it is removed: up to
 * 1 - (1 - strength)^3.
 */
export interface EmberMixture {
  /** Share of the noise of luminance that is removed where little is lifted, 0 to 1. */
  readonly denoise: number;
  /** Share of the noise of colour and of the colour cast that is removed there, 0 to 1. */
  readonly denoiseColour: number;
}

/** How `emberRelight` lights a photo. */
export interface EmberLight extends EmberMixture {
  /** Share of the gain of automatic light, 0 to 1. */
  readonly share: number;
  /** Gain beyond that, the same everywhere: a natural logarithm. */
  readonly lift: number;
  /** Share of the gain that bright parts do without, 0 to 1. */
  readonly keepHighlights: number;
}

/** Luma weights for the split of noise into luminance and colour: Rec. 601. */
const lumaWeights = [0.299, 0.587, 0.114] as const;

/**
 * Gains, as natural logarithms of square roots, up to which noise is as faint as in the photo, and from which on it counts as
 * strong: 0.9 and 3.5 stops. What is left of it for the sake of texture would stand out there.
 */
const [faintGain, strongGain] = [0.3, 1.2];

/** The greatest gain beyond that of automatic light, as a natural logarithm. */
export const greatestLift = 8;

/**
 * Lights pieces of a photo, by the formula of the graph `ember/relight`: with k the exponential of the gain, the greatest
 * channel m of the square roots becomes k m / ((k - 1) m + 1), and the others get as many times more light as it does.
 *
 * @param lit where the result goes, which may be the photo itself. Where it holds integers, the result is rounded to these.
 */
export function lightPieces(lit: Picture, light: EmberLight): TakePiece {
  const { share, lift, keepHighlights } = light;
  return (y, from, to, rows) => {
    const count = to - from;
    mixRow(rows, count, light);
    rows.light(count, share, lift, keepHighlights);
    writePixels(rows, lit, y * lit.width + from, count);
  };
}

/**
 * Lights a photo by its maps.
 *
 * @param picture as it was, encoded, 0 to 1.
 * @param lit as for `lightPieces`, with or without alpha; default a new picture.
 */
export function* emberRelight(
  picture: Picture,
  maps: EmberMaps,
  light: EmberLight,
  lit = createPicture(picture.width, picture.height, picture.channels),
): Steps<Picture> {
  const { width, height } = picture;
  const take = lightPieces(lit, light);
  const isRead = !isWhole(light) || hasAlpha(picture);
  const isOpaque = hasAlpha(lit) && !hasAlpha(picture);
  yield* overRows(height, 3 * width, (from, to) => {
    const rows = rowKernel(width);
    if (isOpaque) rows.alpha.fill(1);

    for (let y = from; y < to; y++) {
      if (isRead) readPixels(rows, picture, y * width, width);
      readRow(maps, y, rows);
      take(y, 0, width, rows);
    }
  });
  return lit;
}

/** Mixes the own roots of `count` pixels into the restored ones. */
export function mixRow(rows: RowKernel, count: number, mixture: EmberMixture): void {
  const { denoise, denoiseColour } = mixture;
  if (!isWhole(mixture)) rows.mix(count, denoise, denoiseColour, ...lumaWeights, faintGain, strongGain);
}

/** Whether all noise and colour cast goes. */
export function isWhole({ denoise, denoiseColour }: EmberMixture): boolean {
  return denoise === 1 && denoiseColour === 1;
}
