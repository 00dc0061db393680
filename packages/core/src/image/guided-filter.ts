import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { createPlane, type Plane } from "./picture.ts";
import { symmetricIndex } from "./symmetric-index.ts";

/**
 * Smooths a plane with the edges of a guide: in windows of 2 `radius` + 1 px it is fitted as a straight-line function of the
 * guide, and the means of the lines over the windows are applied. Borders are mirrored with the edge repeated.
 *
 * Source: He, Sun, Tang, "Guided Image Filtering", IEEE Transactions on Pattern Analysis and Machine Intelligence 2013,
 * algorithm 1.
 *
 * @param epsilon variance of the guide below which a window counts as flat.
 */
export function* guidedFilter(plane: Plane, guide: Plane, radius: number, epsilon: number): Steps<Plane> {
  const { width, height } = plane;
  const [rows, columns] = [boxFilter(width, radius), boxFilter(height, radius)];
  const partly = createPlane(width, height);
  function* mean(values: Float32Array): Steps<Float32Array> {
    const result = createPlane(width, height);
    yield* within(0, 0.5, filterAlongRows(rows, { width, height, values }, partly));
    yield* within(0.5, 1, filterAlongColumns(columns, partly, result));
    return result.values;
  }
  const [p, g] = [plane.values, guide.values];
  const planeMean = yield* within(0, 0.15, mean(p));
  const guideMean = yield* within(0.15, 0.3, mean(g));
  const products = yield* within(0.3, 0.45, mean(p.map((value, i) => value * g[i])));
  const squares = yield* within(0.45, 0.6, mean(g.map((value) => value ** 2)));
  const slope = products.map((product, i) => {
    const variance = squares[i] - guideMean[i] ** 2;
    return (product - planeMean[i] * guideMean[i]) / (Math.max(0, variance) + epsilon);
  });
  const offset = planeMean.map((value, i) => value - slope[i] * guideMean[i]);
  const slopes = yield* within(0.6, 0.8, mean(slope));
  const offsets = yield* within(0.8, 1, mean(offset));
  return { width, height, values: slopes.map((value, i) => value * g[i] + offsets[i]) };
}

function boxFilter(count: number, radius: number): AxisFilter {
  return buildAxisFilter(count, count, "mirror", (output, add) => {
    for (let d = -radius; d <= radius; d++) add(symmetricIndex(output + d, count), 1 / (2 * radius + 1));
  });
}
