import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "../image/axis-filter.ts";
import { createPlane, type Plane } from "../image/picture.ts";

/** What keeps a division by a difference of zero finite. */
export const smallestDifference = 1e-3;

const windowRadius = 6;
const windowSigma = 2;

/**
 * LIME's smoothing weights for the differences of a map along one axis.
 *
 * Strategy 1: 1 everywhere. Strategy 2: one over the size of the difference, so that edges are kept. Strategy 3: one
 * over the size of its local mean (a 13 x 13 Gaussian window of sigma 2, black outside), so that texture, whose
 * differences cancel out, is smoothed and structure kept.
 *
 * Source: Guo, Li, Ling 2017, section III-C.
 */
export function* illuminationWeights(differences: Plane, strategy: number): Steps<Plane> {
  const { width, height, values } = differences;
  const weights = createPlane(width, height);
  if (strategy === 1) weights.values.fill(1);
  if (strategy === 2) {
    for (let i = 0; i < values.length; i++) weights.values[i] = 1 / (Math.abs(values[i]) + smallestDifference);
  }
  if (strategy === 3) {
    const rows = windowFilter(width);
    const columns = windowFilter(height);
    const partly = createPlane(width, height);
    yield* within(0, 0.5, filterAlongRows(rows, differences, partly));
    yield* within(0.5, 1, filterAlongColumns(columns, partly, weights));
    const rowSums = weightSums(rows);
    const columnSums = weightSums(columns);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const inside = rowSums[x] * columnSums[y];
        weights.values[i] = inside / (Math.abs(weights.values[i]) + smallestDifference);
      }
    }
  }
  return weights;
}

function windowFilter(count: number): AxisFilter {
  return buildAxisFilter(count, count, "zero", (output, add) => {
    for (let d = -windowRadius; d <= windowRadius; d++) add(output + d, Math.exp((-0.5 * d * d) / windowSigma ** 2));
  });
}

function weightSums({ outputs, taps, weights }: AxisFilter): Float64Array {
  return Float64Array.from({ length: outputs }, (_, i) =>
    weights.subarray(i * taps, (i + 1) * taps).reduce((sum, weight) => sum + weight, 0),
  );
}
