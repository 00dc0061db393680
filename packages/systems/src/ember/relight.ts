import { createPicture, type Picture, type Steps } from "@kindling/core";
import {
  colourChannels,
  type HeldSamples,
  hasAlpha,
  heldSamples,
  overRows,
  writeSamples,
} from "@kindling/core/internal";
import { highlightShare } from "./facts.ts";
import { createPiece, type RestoredPiece, type TakePiece } from "./gain-field.ts";
import { type EmberMaps, readRow } from "./maps.ts";

/** How `emberRelight` lights a photo. */
export interface EmberLight {
  /** Share of the gain of automatic light, 0 to 1. */
  readonly share: number;
  /** Gain beyond that, the same everywhere: a natural logarithm. */
  readonly lift: number;
  /** Share of the noise of luminance that is removed, 0 to 1. */
  readonly denoise: number;
  /** Share of the noise of colour and of the colour cast that is removed, 0 to 1. */
  readonly denoiseColour: number;
  /** Share of the gain that bright parts do without, 0 to 1. */
  readonly keepHighlights: number;
}

/** Luma weights for the split of noise into luminance and colour: Rec. 601. */
const [redWeight, greenWeight, blueWeight] = [0.299, 0.587, 0.114] as const;

/** The greatest gain beyond that of automatic light, as a natural logarithm. */
export const greatestLift = 8;

/** Natural logarithms that the table of exponentials reaches, in 256 steps a unit. */
const exponents = { least: -16, greatest: 16, steps: 256 } as const;

/**
 * exp by interpolation between 256 values a unit, three times as fast as Math.exp. Its relative error is at most 2e-6, that
 * of the light 1e-6.
 */
const exponentials = Float64Array.from(
  { length: (exponents.greatest - exponents.least) * exponents.steps + 2 },
  (_, i) => Math.exp(exponents.least + i / exponents.steps),
);

/** Computes e^exponent; exponents beyond -16 to 16 count as these. */
export function exponential(exponent: number): number {
  const { least, greatest, steps } = exponents;
  const at = (Math.min(Math.max(exponent, least), greatest) - least) * steps;
  const index = at | 0;
  const before = exponentials[index];
  return before + (exponentials[index + 1] - before) * (at - index);
}

/**
 * Lights pieces of a photo, by the formula of the graph `ember/relight`: with k the exponential of the gain and m the
 * greatest channel, every channel of the square root is multiplied by k / ((k - 1) m + 1).
 *
 * It is a plain loop: memory limits its speed, not arithmetic, and a network's runtime would copy every map.
 *
 * @param photo as it was, encoded, 0 to 1.
 * @param lit where the result goes, which may be the photo itself. Where it holds integers, the result is rounded to these.
 */
export function lightPieces(photo: Picture, lit: Picture, light: EmberLight): TakePiece {
  const { width, channels } = photo;
  const isGrey = colourChannels(photo) === 1;
  const held = heldSamples(photo);
  const mixed = createPiece(width);
  const room = new Float32Array(width * channels);
  return (y, from, to, piece) => {
    const start = (y * width + from) * channels;
    const count = to - from;
    const roots = isWhole(light) ? piece : mixNoise(held, start, channels, count, piece, light, mixed);
    for (let k = 0, at = 0; k < count; k++, at += channels) {
      const [red, green, blue] = [roots.reds[k], roots.greens[k], roots.blues[k]];
      const brightest = Math.max(red, green, blue);
      const exponent = exponential(gainAt(piece.gains[k], brightest, light));
      const factor = exponent / ((exponent - 1) * brightest + 1);
      const square = factor * factor;
      if (isGrey) {
        room[at] = (square * (red * red + green * green + blue * blue)) / 3;
        continue;
      }
      room[at] = square * red * red;
      room[at + 1] = square * green * green;
      room[at + 2] = square * blue * blue;
    }
    if (hasAlpha(photo)) copyAlphas(held, start, channels, count, room);
    writeSamples(lit, start, room.subarray(0, count * channels));
  };
}

/**
 * Lights a photo by its maps.
 *
 * @param lit as for `lightPieces`; default a new picture.
 */
export function* emberRelight(
  picture: Picture,
  maps: EmberMaps,
  light: EmberLight,
  lit = createPicture(picture.width, picture.height, picture.channels),
): Steps<Picture> {
  const { width, height } = picture;
  const take = lightPieces(picture, lit, light);
  const row = createPiece(width);
  yield* overRows(height, 3 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      readRow(maps, y, row);
      take(y, 0, width, row);
    }
  });
  return lit;
}

/** The gain of a pixel, a natural logarithm. */
function gainAt(
  gain: number,
  brightest: number,
  { share, lift, keepHighlights }: Pick<EmberLight, "share" | "lift" | "keepHighlights">,
): number {
  const wanted = share * gain + lift;
  if (keepHighlights === 0) return wanted;
  return wanted * (1 - keepHighlights * highlightShare(brightest));
}

/** Whether all noise and colour cast goes. */
function isWhole({ denoise, denoiseColour }: EmberLight): boolean {
  return denoise === 1 && denoiseColour === 1;
}

/** Mixes restored pixels with the photo's own: as much noise and colour cast as the strengths leave. */
function mixNoise(
  { values, step }: HeldSamples,
  start: number,
  channels: number,
  count: number,
  { reds, greens, blues }: RestoredPiece,
  { denoise, denoiseColour }: EmberLight,
  mixed: RestoredPiece,
): RestoredPiece {
  const [second, third] = channels < 3 ? [0, 0] : [1, 2];
  for (let k = 0, at = start; k < count; k++, at += channels) {
    const red = Math.sqrt(Math.max(values[at] * step, 0));
    const green = Math.sqrt(Math.max(values[at + second] * step, 0));
    const blue = Math.sqrt(Math.max(values[at + third] * step, 0));
    const dr = reds[k] - red;
    const dg = greens[k] - green;
    const db = blues[k] - blue;
    const luma = redWeight * dr + greenWeight * dg + blueWeight * db;
    mixed.reds[k] = between0And1(red + denoise * luma + denoiseColour * (dr - luma));
    mixed.greens[k] = between0And1(green + denoise * luma + denoiseColour * (dg - luma));
    mixed.blues[k] = between0And1(blue + denoise * luma + denoiseColour * (db - luma));
  }
  return mixed;
}

/** Copies the alpha of pixels, the last of their channels. */
function copyAlphas({ values, step }: HeldSamples, start: number, channels: number, count: number, to: Float32Array) {
  for (let at = channels - 1; at < count * channels; at += channels) to[at] = values[start + at] * step;
}

function between0And1(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
