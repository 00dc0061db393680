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
import { createPiece, type TakePiece } from "./gain-field.ts";
import { encodedOf, lightRootOf } from "./light-tables.ts";
import { type EmberMaps, readRow } from "./maps.ts";
import { type RootPiece, rootReader } from "./photo-roots.ts";

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
  if (exponent <= least) return exponentials[0];
  if (exponent >= greatest) return exponentials[(greatest - least) * steps];
  const at = (exponent - least) * steps;
  const index = at | 0;
  const before = exponentials[index];
  return before + (exponentials[index + 1] - before) * (at - index);
}

/**
 * Lights pieces of a photo, by the formula of the graph `ember/relight`: with k the exponential of the gain, the greatest
 * channel m of the square roots becomes k m / ((k - 1) m + 1), and the others get as many times more light as it does.
 *
 * It is a plain loop: memory limits its speed, not arithmetic, and a network's runtime would copy every map.
 *
 * @param photo as it was, encoded, 0 to 1.
 * @param lit where the result goes, which may be the photo itself. Where it holds integers, the result is rounded to these.
 */
export function lightPieces(photo: Picture, lit: Picture, light: EmberLight): TakePiece {
  const { width, channels } = photo;
  const held = heldSamples(photo);
  const readRoots = rootReader(photo);
  const colours = createPiece(width);
  const room = new Float32Array(width * channels);
  return (y, from, to, piece) => {
    const start = (y * width + from) * channels;
    const count = to - from;
    if (isWhole(light)) lightColours(piece, piece.gains, count, light, colours);
    else {
      readRoots(start, count, colours);
      mixNoise(colours, count, piece, light);
      lightColours(colours, piece.gains, count, light, colours);
    }
    if (colourChannels(photo) === 1) meanOfColours(colours, count, channels, room);
    else interleave(colours, count, channels, room);
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

/** Whether all noise and colour cast goes. */
function isWhole({ denoise, denoiseColour }: EmberLight): boolean {
  return denoise === 1 && denoiseColour === 1;
}

/** Mixes the photo's own pixels with restored ones: as much noise and colour cast goes as the strengths say. */
function mixNoise(
  own: RootPiece,
  count: number,
  { reds, greens, blues }: RootPiece,
  { denoise, denoiseColour }: EmberLight,
): void {
  for (let k = 0; k < count; k++) {
    const dr = reds[k] - own.reds[k];
    const dg = greens[k] - own.greens[k];
    const db = blues[k] - own.blues[k];
    const luma = (denoise - denoiseColour) * (redWeight * dr + greenWeight * dg + blueWeight * db);
    own.reds[k] = between0And1(own.reds[k] + luma + denoiseColour * dr);
    own.greens[k] = between0And1(own.greens[k] + luma + denoiseColour * dg);
    own.blues[k] = between0And1(own.blues[k] + luma + denoiseColour * db);
  }
}

/**
 * Lights the first `count` pixels.
 *
 * @param roots square roots of encoded values.
 * @param to gets encoded values; may be `roots`.
 */
function lightColours(
  { reds, greens, blues }: RootPiece,
  gains: Float32Array,
  count: number,
  { share, lift, keepHighlights }: EmberLight,
  to: RootPiece,
): void {
  // Exact where nothing is lit, which the tables are not.
  const isLit = share !== 0 || lift !== 0;
  for (let k = 0; k < count; k++) {
    const red = reds[k];
    const green = greens[k];
    const blue = blues[k];
    if (!isLit) {
      to.reds[k] = red * red;
      to.greens[k] = green * green;
      to.blues[k] = blue * blue;
      continue;
    }
    const brightest = Math.max(red, green, blue);
    const wanted = share * gains[k] + lift;
    const gain = keepHighlights === 0 ? wanted : wanted * (1 - keepHighlights * highlightShare(brightest));
    const exponent = exponential(gain);
    const before = lightRootOf(brightest);
    const after = lightRootOf((exponent * brightest) / ((exponent - 1) * brightest + 1));
    const factor = before > 0 ? after / before : 0;
    to.reds[k] = encodedOf(factor * lightRootOf(red));
    to.greens[k] = encodedOf(factor * lightRootOf(green));
    to.blues[k] = encodedOf(factor * lightRootOf(blue));
  }
}

function interleave({ reds, greens, blues }: RootPiece, count: number, channels: number, to: Float32Array): void {
  for (let k = 0, at = 0; k < count; k++, at += channels) {
    to[at] = reds[k];
    to[at + 1] = greens[k];
    to[at + 2] = blues[k];
  }
}

function meanOfColours({ reds, greens, blues }: RootPiece, count: number, channels: number, to: Float32Array): void {
  for (let k = 0, at = 0; k < count; k++, at += channels) to[at] = (reds[k] + greens[k] + blues[k]) / 3;
}

/** Copies the alpha of pixels, the last of their channels. */
function copyAlphas({ values, step }: HeldSamples, start: number, channels: number, count: number, to: Float32Array) {
  for (let at = channels - 1; at < count * channels; at += channels) to[at] = values[start + at] * step;
}

function between0And1(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
