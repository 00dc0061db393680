import { type Steps, within } from "../flow/steps.ts";
import { hartley } from "../image/hartley.ts";
import type { Plane } from "../image/picture.ts";
import { shrink } from "./differences.ts";

/** Steps after which the map is taken as it is. */
const mostSteps = 50;
const firstPenalty = 1;
const penaltyGrowth = 1.1;
/** Size of the constraint's violation, relative to the map, at which it counts as met. */
const smallEnough = 1e-5;

/**
 * LIME's exact solver: the T that minimises |T - map|^2 + alpha * sum of weights * |differences of T|, borders periodic.
 *
 * Source: Guo, Li, Ling 2017, algorithm 1 (augmented Lagrangian multipliers): penalty 1 at first, times 1.1 each step,
 * at most 50 steps. The T step divides in the frequency domain; differences are forward, the last pixel's reaches round
 * to the first.
 */
export function* solveAugmentedLagrangian(
  map: Plane,
  weights: { readonly east: Plane; readonly south: Plane },
  alpha: number,
): Steps<Float64Array> {
  const { width, height, values } = map;
  const count = values.length;
  const x = axisState(count, weights.east);
  const y = axisState(count, weights.south);
  const result = new Float64Array(count);
  const xSpectrum = differenceSpectrum(width);
  const ySpectrum = differenceSpectrum(height);
  let norm = 0;
  for (let i = 0; i < count; i++) norm += values[i] * values[i];

  let penalty = firstPenalty;
  for (let step = 0; step < mostSteps; step++) {
    const from = step / mostSteps;
    const to = (step + 1) / mostSteps;
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        const left = column > 0 ? i - 1 : i + width - 1;
        const above = row > 0 ? i - width : i + count - width;
        result[i] = 2 * values[i] + x.target[left] - x.target[i] + y.target[above] - y.target[i];
      }
    }
    yield* within(from, from + (to - from) / 2, hartley(result, width, height));
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        result[i] /= count * (2 + penalty * (xSpectrum[column] + ySpectrum[row]));
      }
    }
    yield* within(from + (to - from) / 2, to, hartley(result, width, height));

    let violation = 0;
    const nextPenalty = penalty * penaltyGrowth;
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        const right = column + 1 < width ? i + 1 : i + 1 - width;
        const below = row + 1 < height ? i + width : i + width - count;
        violation += updateAxis(x, i, result[right] - result[i], alpha, penalty, nextPenalty);
        violation += updateAxis(y, i, result[below] - result[i], alpha, penalty, nextPenalty);
      }
    }
    if (violation <= smallEnough ** 2 * norm) break;
    penalty = nextPenalty;
  }
  return result;
}

/** The multipliers Z of one axis, and penalty * G - Z, which is all the next T step needs of G and Z. */
interface AxisState {
  readonly weights: Float32Array;
  readonly multipliers: Float64Array;
  readonly target: Float64Array;
}

function axisState(count: number, weights: Plane): AxisState {
  return { weights: weights.values, multipliers: new Float64Array(count), target: new Float64Array(count) };
}

/** The G and Z steps at one pixel; returns the square of difference - G. */
function updateAxis(
  { weights, multipliers, target }: AxisState,
  i: number,
  difference: number,
  alpha: number,
  penalty: number,
  nextPenalty: number,
): number {
  const wanted = difference + multipliers[i] / penalty;
  const threshold = (alpha * weights[i]) / penalty;
  const shrunk = shrink(wanted, threshold);
  multipliers[i] = penalty * (wanted - shrunk);
  target[i] = nextPenalty * shrunk - multipliers[i];
  return (difference - shrunk) ** 2;
}

/** The Fourier transform of D^T D along one axis of `count` pixels: 2 - 2 cos. */
function differenceSpectrum(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => 2 - 2 * Math.cos((2 * Math.PI * k) / count));
}
