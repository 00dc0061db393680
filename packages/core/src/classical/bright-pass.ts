import { type Steps, within } from "../flow/steps.ts";
import { mirrorIndex } from "../image/axis-filter.ts";
import { closePlane } from "../image/closing.ts";
import { createPlane, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/** Half the side of the squares whose brightest value stands for the place. */
const closingRadius = 7;
/** Half the side of the window whose brighter values are averaged. */
const windowRadius = 20;
/** How fast values that are brighter than the pixel lose weight, in levels: e-fold at 2 * 5^2. */
const decay = 50;
/** Grey levels, and the parts that a level between two of them is split into. */
const bins = 256;
const parts = 256;

/**
 * NPE's bright-pass filter: the light at each pixel is a mean over its surroundings of the values that are not darker than
 * the pixel itself, so that light divided out leaves no reflectance above 1.
 *
 * With M the closing of G (squares of 15 px), L(p) = 1 + sum w M / sum w over the window of 41 px (borders mirrored), w =
 * exp(-(M - G(p)) / 50) where M >= G(p), else 0. Levels are counted in a histogram that slides along the row; a level
 * between two whole ones counts in both by its distance, so that the light has no steps where G has none.
 *
 * Source: Wang, Zheng, Hu, Li 2013, section III-A, with the weights of the authors' program: the paper weighs by how
 * often two levels are neighbours.
 *
 * @param levels G, 0 to 255.
 * @returns L, 1 to 256.
 */
export function* brightPass(levels: Plane): Steps<Plane> {
  const { width, height } = levels;
  const closed = yield* within(0, 0.2, closePlane(levels, closingRadius));
  const weights = Float64Array.from({ length: bins + 1 }, (_, level) => Math.exp(-level / decay));
  const columns = mirroredWindow(width);
  const rows = mirroredWindow(height);
  const result = createPlane(width, height);
  const counts = new Int32Array(bins + 1);

  const addColumn = (y: number, column: number, sign: 1 | -1) => {
    for (let k = y; k <= y + 2 * windowRadius; k++) {
      const value = closed.values[rows[k] * width + column];
      const level = Math.floor(value);
      const above = Math.round((value - level) * parts);
      counts[level] += sign * (parts - above);
      counts[level + 1] += sign * above;
    }
  };
  const meanFrom = (value: number) => {
    const lowest = Math.floor(value);
    // The lowest level fades as the pixel comes nearer to the next one.
    let share = 1 - (value - lowest);
    let [sum, total] = [0, 0];
    for (let level = lowest; level <= bins; level++) {
      const weight = share * counts[level] * weights[level];
      total += weight;
      sum += weight * level;
      share = 1;
    }
    return sum / total;
  };

  yield* within(
    0.2,
    1,
    overRows(height, 300 * width, (from, to) => {
      for (let y = from; y < to; y++) {
        counts.fill(0);
        for (let k = 0; k < 2 * windowRadius; k++) addColumn(y, columns[k], 1);
        for (let x = 0; x < width; x++) {
          addColumn(y, columns[x + 2 * windowRadius], 1);
          result.values[y * width + x] = 1 + meanFrom(levels.values[y * width + x]);
          addColumn(y, columns[x], -1);
        }
      }
    }),
  );
  return result;
}

/** The positions that windows reach, from `windowRadius` before the first pixel to as far behind the last. */
function mirroredWindow(count: number): Int32Array {
  return Int32Array.from({ length: count + 2 * windowRadius }, (_, i) => mirrorIndex(i - windowRadius, count));
}
