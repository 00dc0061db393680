import { lumaOf } from "../colour/luma.ts";
import { KindlingError } from "../errors.ts";
import type { Picture, Plane } from "../image/picture.ts";
import { subsample } from "../image/subsample.ts";

/** Features that a method's own light level is predicted from, by name. */
export type LightFeatures = Readonly<Record<string, number>>;

/**
 * Model of automatic light, fitted on pairs: linear, from a photo's features to the logarithm of the method's
 * own level, such as KinD's alpha. Plain data, part of a model's manifest; every list has one number per feature.
 */
export interface AutomaticLight {
  /** Names of the features it was fitted on. */
  readonly features: readonly string[];
  /** Mean of each feature over the pairs it was fitted on. */
  readonly mean: readonly number[];
  /** Standard deviation of each feature over those pairs, above 0. */
  readonly scale: readonly number[];
  /** What one standard deviation of each feature adds to ln(level). */
  readonly weights: readonly number[];
  /** ln(level) of the average picture. */
  readonly intercept: number;
  /** Levels are clipped to the range it was fitted on. */
  readonly min: number;
  readonly max: number;
}

const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Added to values before their logarithm: differences far below one 8-bit step do not count. */
const step = 1 / 255;

/** Bins of the histograms: fine enough for quantiles of 16-bit shadows. */
const bins = 4096;

/**
 * Computes the features that show how much light a picture lacks: moments and quantiles, which depend neither on its
 * size nor on where things are.
 *
 * Of the photo's luma (0.299 R + 0.587 G + 0.114 B, encoded, 0 to 1) and of the illumination: ln of the mean, ln of the
 * quantiles at 5, 25, 50, 75 and 95 %, each plus 1/255, and the standard deviation. Of the illumination also ln of the
 * mean of 1 / (L + 0.01), in which dark regions weigh most, as they do in KinD's mean(L_high / L_low).
 *
 * @param picture encoded, 0 to 1; alpha is ignored.
 * @param illumination its illumination as the method estimates it, 0 to 1; of any size.
 * @returns the features of about 2^16 pixels, evenly spread, if there are more.
 */
export function lightFeatures(picture: Picture, illumination: Plane): LightFeatures {
  const lights = subsample(illumination, illumination.values, 1);
  const samples = subsample(picture, picture.samples, picture.channels);
  const [width, height] = [samples.length / picture.channels, 1];
  let inverse = 0;
  for (const light of lights) inverse += 1 / (light + 0.01);
  return {
    ...measureMap("luma", lumaOf({ ...picture, width, height, samples }).values),
    ...measureMap("illumination", lights),
    "illumination inverse": Math.log(inverse / lights.length),
  };
}

/**
 * Predicts the method's own level for a picture with these features, within the model's range.
 *
 * @throws {KindlingError} `invalid-model` if the model was fitted on features that are not among these.
 */
export function predictLight(model: AutomaticLight, features: LightFeatures): number {
  const logLight = model.features.reduce((sum, name, i) => {
    const feature = features[name];
    if (feature === undefined) {
      throw new KindlingError(
        "invalid-model",
        `The model of automatic light was fitted on "${name}"; this version computes ${Object.keys(features).join(", ")}. Install models of the same version, or give --light a number.`,
      );
    }
    return sum + model.weights[i] * ((feature - model.mean[i]) / model.scale[i]);
  }, model.intercept);
  return Math.min(Math.max(Math.exp(logLight), model.min), model.max);
}

/** ln of mean and quantiles, and the standard deviation. */
function measureMap(map: string, values: Float32Array): LightFeatures {
  const histogram = new Float64Array(bins + 1);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    const clipped = Math.min(Math.max(value, 0), 1);
    histogram[Math.round(clipped * bins)]++;
    sum += clipped;
    squares += clipped * clipped;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(squares / values.length - mean * mean, 0));
  const logarithm = (value: number) => Math.log(value + step);
  return {
    [`${map} mean`]: logarithm(mean),
    ...Object.fromEntries(
      quantiles.map((share) => [`${map} ${share * 100} %`, logarithm(quantile(histogram, share * values.length))]),
    ),
    [`${map} deviation`]: deviation,
  };
}

/** The least level below and at which at least `count` values lie. */
function quantile(histogram: Float64Array, count: number): number {
  let below = 0;
  const level = histogram.findIndex((inBin) => {
    below += inBin;
    return below >= count;
  });
  return level / bins;
}
