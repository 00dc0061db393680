import type { Steps } from "../flow/steps.ts";
import type { Plane } from "../image/picture.ts";

/** How strongly neighbouring pixels are held together: `east` a pixel and its right one, `south` it and the one below. */
export interface Couplings {
  /** Not negative; zero in the last column. */
  readonly east: Plane;
  /** Not negative; zero in the last row. */
  readonly south: Plane;
}

/** Where to stop if the tolerance is never met: over ten times what photos of half a megapixel took. */
const mostIterations = 5000;

/**
 * Smooths a map by the couplings: the x that minimises |x - map|^2 + sum of coupling * (difference)^2, which is the
 * solution of (I + D^T diag(couplings) D) x = map.
 *
 * Conjugate gradients, preconditioned by a modified incomplete Cholesky factorisation, in doubles: the couplings may
 * differ by a factor of millions. Incomplete factors keep the row sums of the system, which here makes up to five
 * times fewer iterations than leaving them out does.
 *
 * Source: Gustafsson, "A class of first order factorization methods", BIT 1978, without his perturbation: the identity
 * in the system already keeps the pivots positive.
 *
 * @param tolerance error to stop at, relative to the map (root of sum of squares). The preconditioner's estimate of
 *   the energy norm is what is compared; the ordinary norm of the error is smaller.
 */
export function* smoothMap(map: Plane, couplings: Couplings, tolerance: number): Steps<Float64Array> {
  const { width, values } = map;
  const east = couplings.east.values;
  const south = couplings.south.values;
  const count = values.length;
  const diagonal = diagonalOf(couplings);
  const inversePivots = invertPivots(couplings, diagonal);
  const solution = Float64Array.from(values);
  const residual = new Float64Array(count);
  const corrected = new Float64Array(count);
  const product = new Float64Array(count);

  const multiply = (vector: Float64Array) => {
    for (let i = 0; i < count; i++) {
      let sum = diagonal[i] * vector[i];
      if (i >= 1) sum -= east[i - 1] * vector[i - 1];
      if (i + 1 < count) sum -= east[i] * vector[i + 1];
      if (i >= width) sum -= south[i - width] * vector[i - width];
      if (i + width < count) sum -= south[i] * vector[i + width];
      product[i] = sum;
    }
  };
  const precondition = () => {
    for (let i = 0; i < count; i++) {
      let sum = residual[i];
      if (i >= 1) sum += east[i - 1] * corrected[i - 1];
      if (i >= width) sum += south[i - width] * corrected[i - width];
      corrected[i] = sum * inversePivots[i];
    }
    for (let i = count - 1; i >= 0; i--) {
      let sum = 0;
      if (i + 1 < count) sum += east[i] * corrected[i + 1];
      if (i + width < count) sum += south[i] * corrected[i + width];
      corrected[i] += sum * inversePivots[i];
    }
  };

  multiply(solution);
  for (let i = 0; i < count; i++) residual[i] = values[i] - product[i];
  precondition();
  const direction = corrected.slice();
  const begin = dot(residual, corrected);
  const target = tolerance ** 2 * dot(solution, solution);
  let done = 0;
  let error = begin;
  for (let iteration = 0; error > target && iteration < mostIterations; iteration++) {
    multiply(direction);
    const step = error / dot(direction, product);
    for (let i = 0; i < count; i++) {
      solution[i] += step * direction[i];
      residual[i] -= step * product[i];
    }
    yield done;
    precondition();
    const next = dot(residual, corrected);
    const along = next / error;
    error = next;
    for (let i = 0; i < count; i++) direction[i] = corrected[i] + along * direction[i];
    done = Math.max(done, Math.min(1, Math.log(begin / error) / Math.log(begin / target)));
    yield done;
  }
  return solution;
}

function diagonalOf({ east, south }: Couplings): Float64Array {
  const { width, values } = east;
  const diagonal = new Float64Array(values.length);
  for (let i = 0; i < diagonal.length; i++) {
    diagonal[i] = 1 + values[i] + south.values[i];
    if (i >= 1) diagonal[i] += values[i - 1];
    if (i >= width) diagonal[i] += south.values[i - width];
  }
  return diagonal;
}

/** One over the pivots of the factorisation; its other entries are the couplings themselves. */
function invertPivots({ east: { width, values: east }, south: { values: south } }: Couplings, diagonal: Float64Array) {
  const inverse = new Float64Array(diagonal.length);
  for (let i = 0; i < diagonal.length; i++) {
    let pivot = diagonal[i];
    if (i >= 1) pivot -= east[i - 1] * (east[i - 1] + south[i - 1]) * inverse[i - 1];
    if (i >= width) pivot -= south[i - width] * (south[i - width] + east[i - width]) * inverse[i - width];
    inverse[i] = 1 / pivot;
  }
  return inverse;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
