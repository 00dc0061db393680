import { type Steps, within } from "../flow/steps.ts";
import type { Plane } from "../image/picture.ts";
import { solveAugmentedLagrangian } from "./augmented-lagrangian.ts";
import { type Direction, differences, hasNeighbour } from "./differences.ts";
import { illuminationWeights, smallestDifference } from "./illumination-weights.ts";
import { solveCoupled } from "./solve-coupled.ts";

/** How LIME refines its first illumination map. */
export interface IlluminationSettings {
  /** Weight of smoothness against staying near the first map. */
  readonly alpha: number;
  /** 1, 2 or 3: see `illuminationWeights`. */
  readonly strategy: number;
  readonly exact: boolean;
}

/** Error of the sped-up solver to stop at, relative to the map: far below one level of 8 bits. */
const tolerance = 2e-5;

/**
 * LIME's refined illumination map: the first map (0..1) smoothed where its differences are texture.
 *
 * Sped up it is the solution of (I + alpha * sum over x, y of D^T diag(W / (|D map| + 0.001)) D) T = map, equation 19,
 * with forward differences D, zero in the last column and row; exact it is the problem of equation 8, with periodic
 * ones.
 */
export function* refineIllumination(map: Plane, settings: IlluminationSettings): Steps<Float64Array> {
  const { width, height, values } = map;
  const border = settings.exact ? "periodic" : "none";
  const differencesTo = (direction: Direction): Plane => {
    return { width, height, values: Float32Array.from(differences(values, width, direction, border)) };
  };
  const [east, south] = [differencesTo("east"), differencesTo("south")];
  const weights = {
    east: yield* within(0, 0.05, illuminationWeights(east, settings.strategy)),
    south: yield* within(0.05, 0.1, illuminationWeights(south, settings.strategy)),
  };
  if (settings.exact) return yield* within(0.1, 1, solveAugmentedLagrangian(map, weights, settings.alpha));
  const system = {
    width,
    height,
    east: coupling(weights.east, east, settings.alpha, "east"),
    south: coupling(weights.south, south, settings.alpha, "south"),
  };
  return yield* within(0.1, 1, solveCoupled(system, values, values, tolerance));
}

function coupling(
  { width, values }: Plane,
  { values: steps }: Plane,
  alpha: number,
  direction: Direction,
): Float64Array {
  return Float64Array.from(values, (weight, i) =>
    hasNeighbour(i, width, values.length, direction) ? (alpha * weight) / (Math.abs(steps[i]) + smallestDifference) : 0,
  );
}
