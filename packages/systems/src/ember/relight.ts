import { createPicture, type Picture, type Plane, type Steps } from "@kindling/core";
import { colourChannels, copyAlpha, lightSource, overRows } from "@kindling/core/internal";
import { leastRatio } from "./facts.ts";

/** Red, green and blue apart. */
type Colours<T> = readonly [red: T, green: T, blue: T];

/** What Ember's analysis leaves, each of the photo's size: in planes, as it comes, since weaving them would cost more. */
export interface EmberMaps {
  /** 0 to 1, in the square-root domain. */
  readonly reflectance: Colours<Plane>;
  /** 0.06 to 1, in the square-root domain. */
  readonly illumination: Plane;
  /** How strongly each region answers to light, 0 to 6. */
  readonly response: Plane;
}

/** How a photo analysed by Ember shall be lit. */
export interface EmberLight {
  /** The wanted light over the present light. */
  readonly ratio: number;
  readonly mask?: Plane | undefined;
  /** Share of the noise and colour cast that is taken off, 0 to 1. */
  readonly denoise: number;
}

/** Exponents that the table reaches: a response of 6 at the least and the greatest level, 0.01 and 5. */
const exponents = { least: -28, greatest: 10, steps: 256 } as const;

/**
 * exp by interpolation between 256 values a unit, three times as fast as Math.exp: off by 2e-6 of itself at most, which
 * is 1e-6 of the light.
 */
const exponentials = Float64Array.from(
  { length: (exponents.greatest - exponents.least) * exponents.steps + 2 },
  (_, i) => Math.exp(exponents.least + i / exponents.steps),
);

/**
 * The photo at a light level: what the graph `ember/relight` computes, pixel by pixel. With k = ratio^response the
 * illumination L becomes k L / (k L + 1 - L).
 *
 * A plain loop: it waits for memory, not for arithmetic, and a network's runtime would copy every map on the way.
 */
export function* emberRelight(picture: Picture, maps: EmberMaps, { ratio, mask, denoise }: EmberLight): Steps<Picture> {
  const { width, height, channels } = picture;
  const { reflectance, illumination, response } = maps;
  const lit = createPicture(width, height, channels);
  const lightRow = colourChannels(picture) === 1 ? lightGreyRow : lightColourRow;
  const ratios = lightSource(ratio, mask);
  const levels = new Float32Array(width);
  const factors = new Float32Array(width);
  const mixed = [0, 1, 2].map(() => new Float32Array(width));
  yield* overRows(height, 3 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      if (mask || y === 0) {
        ratios.fill({ left: 0, top: y, width, height: 1 }, levels);
        for (let x = 0; x < width; x++) levels[x] = Math.log(Math.max(levels[x], leastRatio));
      }
      const [start, end] = [y * width, (y + 1) * width];
      const light = illumination.values.subarray(start, end);
      lightFactors(light, response.values.subarray(start, end), levels, factors);
      const [red, green, blue] = reflectance.map(({ values }, c) => {
        const restored = values.subarray(start, end);
        return denoise < 1 ? mixUnrestored(picture, y, c, light, denoise, restored, mixed[c]) : restored;
      });
      lightRow([red, green, blue], factors, lit.samples.subarray(channels * start, channels * end), channels);
    }
    copyAlpha(picture, lit, from * width, to * width);
  });
  return lit;
}

/** The new illumination of a row of pixels from the present one, the response and the logarithm of the level. */
function lightFactors(light: Float32Array, response: Float32Array, level: Float32Array, factors: Float32Array): void {
  const { least, greatest, steps } = exponents;
  for (let x = 0; x < light.length; x++) {
    const exponent = Math.min(Math.max(response[x] * level[x], least), greatest);
    const at = (exponent - least) * steps;
    const index = at | 0;
    const before = exponentials[index];
    const lighter = (before + (exponentials[index + 1] - before) * (at - index)) * light[x];
    factors[x] = lighter / (lighter + 1 - light[x]);
  }
}

type LightRow = (roots: Colours<Float32Array>, factors: Float32Array, row: Float32Array, channels: number) => void;

const lightColourRow: LightRow = ([reds, greens, blues], factors, row, channels) => {
  for (let x = 0, to = 0; x < factors.length; x++, to += channels) {
    const factor = factors[x];
    const red = reds[x] * factor;
    const green = greens[x] * factor;
    const blue = blues[x] * factor;
    row[to] = red * red;
    row[to + 1] = green * green;
    row[to + 2] = blue * blue;
  }
};

/** Of a grey photo the mean of red, green and blue is kept. */
const lightGreyRow: LightRow = ([reds, greens, blues], factors, row, channels) => {
  for (let x = 0; x < factors.length; x++) {
    row[channels * x] = (factors[x] ** 2 * (reds[x] ** 2 + greens[x] ** 2 + blues[x] ** 2)) / 3;
  }
};

/**
 * A row of one colour's reflectance with some of the noise and colour cast left in: all of it at strength 0, none at 1.
 *
 * @param mixed where it is written.
 */
function mixUnrestored(
  photo: Picture,
  y: number,
  colour: number,
  light: Float32Array,
  denoise: number,
  restored: Float32Array,
  mixed: Float32Array,
): Float32Array {
  const { width, channels, samples } = photo;
  const first = colourChannels(photo) === 1 ? 0 : colour;
  for (let x = 0, sample = y * width * channels + first; x < width; x++, sample += channels) {
    const unrestored = Math.min(Math.sqrt(Math.max(samples[sample], 0)) / light[x], 1);
    mixed[x] = unrestored + denoise * (restored[x] - unrestored);
  }
  return mixed;
}
