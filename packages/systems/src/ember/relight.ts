import { createPicture, type Picture, type Plane, type Steps } from "@kindling/core";
import { colourChannels, copyAlpha, overRows } from "@kindling/core/internal";
import { greatestRatio, greatestResponse, leastRatio } from "./facts.ts";

/** Red, green and blue apart. */
type Colours<T> = readonly [red: T, green: T, blue: T];

/** The maps of Ember's analysis, each of the photo's size. They stay planes, since interleaving them would cost time. */
export interface EmberMaps {
  /** 0 to 1, in the square-root domain. */
  readonly reflectance: Colours<Plane>;
  /** 0.06 to 1, in the square-root domain. */
  readonly illumination: Plane;
  /** How strongly each region responds to the light level, 0 to 6. */
  readonly response: Plane;
}

/** How `emberRelight` lights a photo. */
export interface EmberLight {
  /** The wanted light divided by the present light by Ember's measure, 0.01 to 64. */
  readonly ratio: number;
  /** Share of the noise and colour cast that is removed, 0 to 1. */
  readonly denoise: number;
}

/** Exponents that the table reaches, -28 to 25: the strongest response at the least and the greatest level. */
const exponents = {
  least: Math.floor(greatestResponse * Math.log(leastRatio)),
  greatest: Math.ceil(greatestResponse * Math.log(greatestRatio)),
  steps: 256,
} as const;

/**
 * exp by interpolation between 256 values a unit, three times as fast as Math.exp. Its relative error is at most 2e-6, that
 * of the light 1e-6.
 */
const exponentials = Float64Array.from(
  { length: (exponents.greatest - exponents.least) * exponents.steps + 2 },
  (_, i) => Math.exp(exponents.least + i / exponents.steps),
);

/**
 * Brings a photo to a light level, by the formula of the graph `ember/relight`. With k = ratio^response the
 * illumination L becomes k L / (k L + 1 - L).
 *
 * It is a plain loop: memory limits its speed, not arithmetic, and a network's runtime would copy every map.
 */
export function* emberRelight(picture: Picture, maps: EmberMaps, { ratio, denoise }: EmberLight): Steps<Picture> {
  const { width, height, channels } = picture;
  const { reflectance, illumination, response } = maps;
  const lit = createPicture(width, height, channels);
  const lightRow = colourChannels(picture) === 1 ? lightGreyRow : lightColourRow;
  const level = Math.log(Math.max(ratio, leastRatio));
  const factors = new Float32Array(width);
  const mixed = [0, 1, 2].map(() => new Float32Array(width));
  yield* overRows(height, 3 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      const [start, end] = [y * width, (y + 1) * width];
      const light = illumination.values.subarray(start, end);
      lightFactors(light, response.values.subarray(start, end), level, factors);
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

/** Computes the new illumination of a row from the present one, the response and the logarithm of the level. */
function lightFactors(light: Float32Array, response: Float32Array, level: number, factors: Float32Array): void {
  const { least, greatest, steps } = exponents;
  for (let x = 0; x < light.length; x++) {
    const exponent = Math.min(Math.max(response[x] * level, least), greatest);
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
    row[to] = Math.min(red * red, 1);
    row[to + 1] = Math.min(green * green, 1);
    row[to + 2] = Math.min(blue * blue, 1);
  }
};

/** A grey photo gets the mean of red, green and blue. */
const lightGreyRow: LightRow = ([reds, greens, blues], factors, row, channels) => {
  for (let x = 0; x < factors.length; x++) {
    row[channels * x] = Math.min((factors[x] ** 2 * (reds[x] ** 2 + greens[x] ** 2 + blues[x] ** 2)) / 3, 1);
  }
};

/**
 * Mixes a row of one colour's restored reflectance with the unrestored one: at strength 1 only the restored one counts.
 *
 * @param mixed receives the row.
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
    const unrestored = Math.sqrt(Math.max(samples[sample], 0)) / light[x];
    mixed[x] = unrestored + denoise * (restored[x] - unrestored);
  }
  return mixed;
}
