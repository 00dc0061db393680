import { type Steps, within } from "../flow/steps.ts";
import { createPlane, type Plane } from "../image/picture.ts";
import { solveAugmentedLagrangian } from "./augmented-lagrangian.ts";
import { illuminationWeights, smallestDifference } from "./illumination-weights.ts";
import { smoothMap } from "./smooth-map.ts";

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
  const east = differences(map, "east", settings.exact);
  const south = differences(map, "south", settings.exact);
  const weights = {
    east: yield* within(0, 0.05, illuminationWeights(east, settings.strategy)),
    south: yield* within(0.05, 0.1, illuminationWeights(south, settings.strategy)),
  };
  if (settings.exact) return yield* within(0.1, 1, solveAugmentedLagrangian(map, weights, settings.alpha));
  return yield* within(
    0.1,
    1,
    smoothMap(
      map,
      {
        east: coupling(weights.east, east, settings.alpha, "east"),
        south: coupling(weights.south, south, settings.alpha, "south"),
      },
      tolerance,
    ),
  );
}

type Direction = "east" | "south";

/**
 * Each pixel's neighbour in one direction minus itself. The last column or row has no neighbour and gives zero, or,
 * where the map is `periodic`, has the first one for it.
 */
function differences({ width, height, values }: Plane, direction: Direction, periodic: boolean): Plane {
  const result = createPlane(width, height);
  const step = direction === "east" ? 1 : width;
  const around = direction === "east" ? width : values.length;
  for (let i = 0; i < values.length; i++) {
    if (hasNeighbour(i, width, height, direction)) result.values[i] = values[i + step] - values[i];
    else if (periodic) result.values[i] = values[i + step - around] - values[i];
  }
  return result;
}

function coupling(
  { width, height, values }: Plane,
  { values: steps }: Plane,
  alpha: number,
  direction: Direction,
): Plane {
  const result = createPlane(width, height);
  for (let i = 0; i < values.length; i++) {
    if (hasNeighbour(i, width, height, direction)) {
      result.values[i] = (alpha * values[i]) / (Math.abs(steps[i]) + smallestDifference);
    }
  }
  return result;
}

function hasNeighbour(index: number, width: number, height: number, direction: Direction): boolean {
  return direction === "east" ? (index + 1) % width !== 0 : index + width < width * height;
}
