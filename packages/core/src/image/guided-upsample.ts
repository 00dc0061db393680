import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { bilinearFilter } from "./bilinear-filter.ts";
import { createPlane, type Plane } from "./picture.ts";
import { overRows } from "./row-blocks.ts";

/**
 * Brings a map worked out on a small copy of a picture up to full size, with the edges of the full-size guide.
 *
 * In windows of 2 `radius` + 1 small pixels the map is fitted as a straight-line function of the guide, a * guide + b;
 * the means of a and b over the windows are enlarged (bilinear) and applied to the full-size guide, which is
 * overwritten by the result.
 *
 * Source: He and Sun, "Fast Guided Filter", 2015, arXiv 1505.00996, algorithm 2. Windows are cut at the borders.
 *
 * @param small the map, on the same grid as `smallGuide`.
 * @param epsilon variance of the guide below which a window counts as flat.
 */
export function* guidedUpsample(
  guide: Plane,
  smallGuide: Plane,
  small: Plane,
  radius: number,
  epsilon: number,
): Steps<void> {
  const { width, height } = small;
  const rows = meanFilter(width, radius);
  const columns = meanFilter(height, radius);
  const spare = createPlane(width, height);
  function* mean(plane: Plane): Steps<Plane> {
    const result = createPlane(width, height);
    yield* within(0, 0, filterAlongRows(rows, plane, spare));
    yield* within(0, 0, filterAlongColumns(columns, spare, result));
    return result;
  }
  const guideMean = yield* mean(smallGuide);
  const mapMean = yield* mean(small);
  const products = yield* mean(combine(smallGuide, small, (g, m) => g * m));
  const squares = yield* mean(combine(smallGuide, smallGuide, (g, h) => g * h));

  const slope = createPlane(width, height);
  const offset = createPlane(width, height);
  for (let i = 0; i < slope.values.length; i++) {
    const covariance = products.values[i] - guideMean.values[i] * mapMean.values[i];
    const variance = squares.values[i] - guideMean.values[i] ** 2;
    slope.values[i] = covariance / (Math.max(0, variance) + epsilon);
    offset.values[i] = mapMean.values[i] - slope.values[i] * guideMean.values[i];
  }
  yield* within(0.1, 1, applyLines(guide, yield* mean(slope), yield* mean(offset)));
}

/** guide = slope * guide + offset, with both enlarged row by row, so that they never take full size. */
function applyLines(guide: Plane, slope: Plane, offset: Plane): Steps<void> {
  const x = bilinearFilter(slope.width, guide.width);
  const y = bilinearFilter(slope.height, guide.height);
  const slopes = new Float64Array(slope.width);
  const offsets = new Float64Array(slope.width);
  return overRows(guide.height, guide.width, (from, to) => {
    for (let row = from; row < to; row++) {
      readLine(slope, y, row, slopes);
      readLine(offset, y, row, offsets);
      for (let column = 0; column < guide.width; column++) {
        let a = 0;
        let b = 0;
        for (let k = 0; k < x.taps; k++) {
          const weight = x.weights[column * x.taps + k];
          a += weight * slopes[x.starts[column] + k];
          b += weight * offsets[x.starts[column] + k];
        }
        const i = row * guide.width + column;
        guide.values[i] = a * guide.values[i] + b;
      }
    }
  });
}

/** One row of a plane enlarged along its columns only. */
function readLine(
  { width, values }: Plane,
  { taps, starts, weights }: AxisFilter,
  row: number,
  line: Float64Array,
): void {
  line.fill(0);
  for (let k = 0; k < taps; k++) {
    const base = (starts[row] + k) * width;
    for (let x = 0; x < width; x++) line[x] += weights[row * taps + k] * values[base + x];
  }
}

function combine(a: Plane, b: Plane, of: (a: number, b: number) => number): Plane {
  return { ...a, values: a.values.map((value, i) => of(value, b.values[i])) };
}

function meanFilter(count: number, radius: number): AxisFilter {
  return buildAxisFilter(count, count, "zero", (output, add) => {
    const from = Math.max(0, output - radius);
    const to = Math.min(count - 1, output + radius);
    for (let position = from; position <= to; position++) add(position, 1 / (to - from + 1));
  });
}
