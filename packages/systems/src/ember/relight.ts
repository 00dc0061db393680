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
import { type EmberMaps, gainSteps, rootSteps } from "./gain-field.ts";

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
 * Lights a photo, by the formula of the graph `ember/relight`: with k the exponential of the gain and m the greatest
 * channel, every channel of the square root is multiplied by k / ((k - 1) m + 1).
 *
 * It is a plain loop: memory limits its speed, not arithmetic, and a network's runtime would copy every map.
 *
 * @param picture the photo as it was, encoded, 0 to 1.
 * @param lit where the result goes, which may be the photo itself; default a new picture. Where it holds integers, the
 * result is rounded to these.
 */
export function* emberRelight(
  picture: Picture,
  maps: EmberMaps,
  light: EmberLight,
  lit = createPicture(picture.width, picture.height, picture.channels),
): Steps<Picture> {
  const { width, height, channels } = picture;
  const isGrey = colourChannels(picture) === 1;
  const held = heldSamples(picture);
  const litRow = new Float32Array(width * channels);
  const rows = [0, 1, 2].map(() => new Float32Array(width)) as [Float32Array, Float32Array, Float32Array];
  yield* overRows(height, 3 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      restoreRow(picture, held, maps, y, light, rows);
      const [reds, greens, blues] = rows;
      for (let x = 0, i = y * width, at = 0; x < width; x++, i++, at += channels) {
        const brightest = Math.max(reds[x], greens[x], blues[x]);
        const k = exponential(gainAt(maps.gain[i] / gainSteps, brightest, light));
        const factor = k / ((k - 1) * brightest + 1);
        const square = factor * factor;
        if (isGrey) {
          litRow[at] = (square * (reds[x] ** 2 + greens[x] ** 2 + blues[x] ** 2)) / 3;
          continue;
        }
        litRow[at] = square * reds[x] * reds[x];
        litRow[at + 1] = square * greens[x] * greens[x];
        litRow[at + 2] = square * blues[x] * blues[x];
      }
      if (hasAlpha(picture)) copyRowsAlpha(held, channels, y * litRow.length, litRow);
      writeSamples(lit, y * litRow.length, litRow);
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

/** Writes the square roots of a row, with as much noise and colour cast as the strengths leave. */
function restoreRow(
  { width, channels }: Picture,
  { values, step }: HeldSamples,
  { restored }: EmberMaps,
  y: number,
  { denoise, denoiseColour }: EmberLight,
  rows: readonly [Float32Array, Float32Array, Float32Array],
): void {
  const start = y * width;
  if (denoise === 1 && denoiseColour === 1) {
    for (const [c, row] of rows.entries()) {
      const roots = restored[c];
      for (let x = 0; x < width; x++) row[x] = roots[start + x] / rootSteps;
    }
    return;
  }
  const [second, third] = channels < 3 ? [0, 0] : [1, 2];
  for (let x = 0, i = start, at = start * channels; x < width; x++, i++, at += channels) {
    const red = Math.sqrt(Math.max(values[at] * step, 0));
    const green = Math.sqrt(Math.max(values[at + second] * step, 0));
    const blue = Math.sqrt(Math.max(values[at + third] * step, 0));
    const dr = restored[0][i] / rootSteps - red;
    const dg = restored[1][i] / rootSteps - green;
    const db = restored[2][i] / rootSteps - blue;
    const luma = redWeight * dr + greenWeight * dg + blueWeight * db;
    rows[0][x] = between0And1(red + denoise * luma + denoiseColour * (dr - luma));
    rows[1][x] = between0And1(green + denoise * luma + denoiseColour * (dg - luma));
    rows[2][x] = between0And1(blue + denoise * luma + denoiseColour * (db - luma));
  }
}

/** Copies the alpha of a row, the last of the channels. */
function copyRowsAlpha({ values, step }: HeldSamples, channels: number, start: number, row: Float32Array): void {
  for (let at = channels - 1; at < row.length; at += channels) row[at] = values[start + at] * step;
}

function between0And1(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
