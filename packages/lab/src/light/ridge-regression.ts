import { KindlingError } from "@kindling/core";

/** A linear model of standardised features: intercept + sum of weights (feature - mean) / scale. */
export interface RidgeModel {
  /** Mean and standard deviation of each feature; a feature that never varies has the deviation 1. */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly weights: readonly number[];
  readonly intercept: number;
}

/** A model, with its predictions for samples left out of the fit. */
export interface RidgeFit {
  readonly model: RidgeModel;
  readonly penalty: number;
  /** Prediction for each sample by the model of all others, with the same standardisation of features. */
  readonly leftOut: readonly number[];
}

/**
 * Fits by ridge regression: least squares with a penalty on the weights, features standardised, intercept free. The
 * predictions for samples left out follow from the same solution.
 *
 * Source: Hoerl and Kennard, Technometrics 12 (1970); leaving out one: Golub, Heath and Wahba, Technometrics 21 (1979),
 * eq. 1.4.
 *
 * @param features a row a sample, all of one length; finite.
 * @param targets one a sample.
 * @param penalty on the squared weights, a sample; above 0.
 * @throws {KindlingError} `invalid-option` where there are fewer than two samples.
 */
export function fitRidge(
  features: readonly (readonly number[])[],
  targets: readonly number[],
  penalty: number,
): RidgeFit {
  const count = features.length;
  const width = features[0]?.length ?? 0;
  if (count < 2) throw new KindlingError("invalid-option", `Expected two samples or more to fit; got ${count}.`);
  const columns = Array.from({ length: width }, (_, k) => features.map((row) => row[k]));
  const mean = columns.map(meanOf);
  const scale = columns.map((column, k) => Math.sqrt(meanOf(column.map((value) => (value - mean[k]) ** 2))) || 1);
  const rows = features.map((row) => row.map((value, k) => (value - mean[k]) / scale[k]));
  const intercept = meanOf(targets);

  const normal = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (__, j) => dot(rows, i, j) + (i === j ? penalty * count : 0)),
  );
  const factor = cholesky(normal);
  const right = Array.from({ length: width }, (_, k) =>
    rows.reduce((sum, row, n) => sum + row[k] * (targets[n] - intercept), 0),
  );
  const weights = solve(factor, right);
  const leftOut = rows.map((row, n) => {
    const predicted = intercept + row.reduce((sum, value, k) => sum + value * weights[k], 0);
    // The leverage: the sample's own share in its prediction.
    const pull = 1 / count + solve(factor, row).reduce((sum, value, k) => sum + value * row[k], 0);
    return targets[n] - (targets[n] - predicted) / (1 - pull);
  });
  return { model: { mean, scale, weights, intercept }, penalty, leftOut };
}

/** Fits with each penalty, and chooses the fit with the least root mean square error on samples left out. */
export function chooseRidge(
  features: readonly (readonly number[])[],
  targets: readonly number[],
  penalties: readonly number[],
): RidgeFit {
  const error = ({ leftOut }: RidgeFit) => rootMeanSquare(leftOut.map((predicted, n) => predicted - targets[n]));
  return penalties
    .map((penalty) => fitRidge(features, targets, penalty))
    .reduce((best, fit) => (error(fit) < error(best) ? fit : best));
}

/** Computes the root mean square. */
export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(meanOf(values.map((value) => value ** 2)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows.reduce((sum, row) => sum + row[i] * row[j], 0);
}

/** The lower triangle L with L L^T = a, which is symmetric and positive definite. */
function cholesky(a: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of a.entries()) {
    const own: number[] = [];
    lower.push(own);
    for (let j = 0; j <= i; j++) {
      const rest = row[j] - own.slice(0, j).reduce((sum, value, k) => sum + value * lower[j][k], 0);
      own.push(i === j ? Math.sqrt(rest) : rest / lower[j][j]);
    }
  }
  return lower;
}

/** x with L L^T x = b. */
function solve(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const forward: number[] = [];
  for (const [i, row] of lower.entries()) {
    forward.push((b[i] - forward.reduce((sum, value, k) => sum + value * row[k], 0)) / row[i]);
  }
  const x = new Array<number>(b.length).fill(0);
  for (let i = b.length - 1; i >= 0; i--) {
    const known = x.slice(i + 1).reduce((sum, value, k) => sum + value * lower[i + 1 + k][i], 0);
    x[i] = (forward[i] - known) / lower[i][i];
  }
  return x;
}
