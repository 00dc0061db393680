import type { Steps } from "../flow/steps.ts";

/** A grid of pixels, each held where it is and held together with its neighbours, as a system of linear equations. */
export interface CoupledSystem {
  readonly width: number;
  readonly height: number;
  /** How strongly each pixel is held where it is, 0 or more and not 0 everywhere; 1 everywhere if not given. */
  readonly own?: Float64Array;
  /** How strongly a pixel and its right one are held together, 0 or more; 0 in the last column unless `isPeriodic`. */
  readonly east: Float64Array;
  /** The same of a pixel and the one below; 0 in the last row unless `isPeriodic`. */
  readonly south: Float64Array;
  /** Whether the last pixel of a row or column has the first one for its neighbour. */
  readonly isPeriodic?: boolean;
}

/** Where to stop if the tolerance is never met: over ten times what photos of half a megapixel took. */
const mostIterations = 5000;

/**
 * Solves (diag(own) + D^T diag(couplings) D) x = b, with D the forward differences to the right and downwards.
 *
 * Conjugate gradients, preconditioned by a modified incomplete Cholesky factorisation, in doubles: the couplings may
 * differ by a factor of millions. Incomplete factors keep the row sums of the system, which here makes up to five
 * times fewer iterations than leaving them out does. Couplings around the border are left out of the factors.
 *
 * Source: Gustafsson, "A class of first order factorization methods", BIT 1978, without his perturbation: what holds the
 * pixels where they are already keeps the pivots positive.
 *
 * @param b right-hand side.
 * @param start a guess of the solution.
 * @param tolerance error to stop at, relative to the solution, both by the energy norm as the preconditioner estimates it.
 */
export function* solveCoupled(
  system: CoupledSystem,
  b: ArrayLike<number>,
  start: ArrayLike<number>,
  tolerance: number,
): Steps<Float64Array> {
  const { width } = system;
  const count = b.length;
  const { east, south, addAround } = splitAround(system);
  const diagonal = diagonalOf(system);
  const inversePivots = invertPivots(width, east, south, diagonal);
  const residual = Float64Array.from(b);
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
    addAround(vector, product);
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

  precondition();
  const target = tolerance ** 2 * dot(residual, corrected);
  if (!(target > 0)) return new Float64Array(count);
  const solution = Float64Array.from(start);
  multiply(solution);
  for (let i = 0; i < count; i++) residual[i] -= product[i];
  precondition();
  const direction = corrected.slice();
  const begin = dot(residual, corrected);
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

/** The couplings inside the picture, and a function that adds the product with those around its border. */
function splitAround({ width, height, east, south, isPeriodic = false }: CoupledSystem): {
  readonly east: Float64Array;
  readonly south: Float64Array;
  readonly addAround: (vector: Float64Array, product: Float64Array) => void;
} {
  if (!isPeriodic) return { east, south, addAround: () => undefined };
  const inside = { east: east.slice(), south: south.slice() };
  const lastRow = (height - 1) * width;
  for (let i = width - 1; i < east.length; i += width) inside.east[i] = 0;
  inside.south.fill(0, lastRow);
  return {
    ...inside,
    addAround(vector, product) {
      for (let first = 0; first < east.length; first += width) {
        const last = first + width - 1;
        product[last] -= east[last] * vector[first];
        product[first] -= east[last] * vector[last];
      }
      for (let first = 0; first < width; first++) {
        const last = first + lastRow;
        product[last] -= south[last] * vector[first];
        product[first] -= south[last] * vector[last];
      }
    },
  };
}

function diagonalOf({ width, height, own, east, south }: CoupledSystem): Float64Array {
  const diagonal = new Float64Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? i - 1 : i + width - 1;
      const above = y > 0 ? i - width : i + diagonal.length - width;
      diagonal[i] = (own ? own[i] : 1) + east[i] + south[i] + east[left] + south[above];
    }
  }
  return diagonal;
}

/** One over the pivots of the factorisation; its other entries are the couplings themselves. */
function invertPivots(width: number, east: Float64Array, south: Float64Array, diagonal: Float64Array): Float64Array {
  const inverse = new Float64Array(diagonal.length);
  for (let i = 0; i < diagonal.length; i++) {
    let pivot = diagonal[i];
    if (i >= 1) pivot -= east[i - 1] * (east[i - 1] + south[i - 1]) * inverse[i - 1];
    if (i >= width) pivot -= south[i - width] * (south[i - width] + east[i - width]) * inverse[i - width];
    // Where nothing holds the pixels, rounding may leave a pivot of zero.
    inverse[i] = 1 / Math.max(pivot, 1e-12 * diagonal[i], 1e-30);
  }
  return inverse;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
