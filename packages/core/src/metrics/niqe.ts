import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";
import { niqeFeatureCount, niqeFeatures } from "./niqe-features.ts";

/** A model of good photographs: the Gaussian distribution of their NIQE features. */
export interface NiqeModel {
  /** 36 numbers. */
  readonly mean: ArrayLike<number>;
  /** 36 x 36 numbers, rows first. */
  readonly covariance: ArrayLike<number>;
}

/**
 * NIQE: how far a picture is from what good photographs look like; needs no reference. Less is better.
 *
 * 0 and up; good photographs lie at about 2 to 5. Depends on the model: numbers of two models cannot be compared.
 * A 24-megapixel photo is measured in strips, without another copy of it.
 *
 * Source: Mittal, Soundararajan, Bovik, Making a "completely blind" image quality analyzer, IEEE Signal Processing
 * Letters 20(3), 2013, equation 10. Departure: a linear solve in place of the pseudo-inverse, equal as long as the
 * model's covariance has full rank.
 *
 * @throws {KindlingError} `unsupported` where fewer than two blocks of 96x96 pixels fit or have texture;
 * `invalid-model` where the model's covariance is not that of 36 independent features.
 * @example
 * const score = niqe(picture, niqeModel);
 * console.log(`NIQE ${score.toFixed(2)}, less is better`);
 */
export function niqe(picture: Picture, model: NiqeModel): number {
  const { blocks, values } = niqeFeatures(picture);
  const rows = Array.from({ length: blocks }, (_, i) =>
    values.subarray(i * niqeFeatureCount, (i + 1) * niqeFeatureCount),
  );
  const textured = rows.filter((row) => !row.some(Number.isNaN));
  if (textured.length < 2) {
    throw new KindlingError("unsupported", "NIQE needs two blocks with some texture; the picture is flat.");
  }
  const { covariance } = gaussianOf(textured);
  const difference = Float64Array.from({ length: niqeFeatureCount }, (_, k) => {
    // As in the reference implementations, a block without texture still counts in those features it has.
    const known = rows.map((row) => row[k]).filter((value) => !Number.isNaN(value));
    return model.mean[k] - known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const pooled = covariance.map((value, i) => (value + model.covariance[i]) / 2);
  return Math.sqrt(squaredMahalanobis(difference, pooled));
}

/**
 * The mean and the covariance (divided by count - 1) of rows of 36 features: a model, if the rows are of good photos.
 */
export function gaussianOf(rows: readonly Float64Array[]): { mean: Float64Array; covariance: Float64Array } {
  const n = niqeFeatureCount;
  const mean = new Float64Array(n);
  for (const row of rows) for (let i = 0; i < n; i++) mean[i] += row[i] / rows.length;
  const covariance = new Float64Array(n * n);
  for (const row of rows) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        covariance[i * n + j] += ((row[i] - mean[i]) * (row[j] - mean[j])) / (rows.length - 1);
      }
    }
  }
  return { mean, covariance };
}

/** d^T C^-1 d, by Cholesky's factor L of C: the squared length of y where L y = d. */
function squaredMahalanobis(d: Float64Array, covariance: Float64Array): number {
  const n = d.length;
  const factor = new Float64Array(n * n);
  let sum = 0;
  const solved = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let rest = d[i];
    for (let j = 0; j <= i; j++) {
      let value = covariance[i * n + j];
      for (let k = 0; k < j; k++) value -= factor[i * n + k] * factor[j * n + k];
      if (j < i) {
        factor[i * n + j] = value / factor[j * n + j];
        rest -= factor[i * n + j] * solved[j];
      } else if (value > 0) factor[i * n + i] = Math.sqrt(value);
      else throw new KindlingError("invalid-model", "The NIQE model's covariance is not positive definite.");
    }
    solved[i] = rest / factor[i * n + i];
    sum += solved[i] ** 2;
  }
  return sum;
}
