import { type Steps, within } from "../flow/steps.ts";
import { bicubicResize } from "../image/bicubic-resize.ts";
import type { Plane } from "../image/picture.ts";
import { differences } from "./differences.ts";
import { onSmallCopy } from "./on-small-copy.ts";
import { solveCoupled } from "./solve-coupled.ts";

/** Half the differences that are summed to tell structure from texture. */
const sumRadius = 2;
/** What keeps the weights of flat places finite. */
const epsilon = 1e-3;
/** Error of a solve to stop at, relative to its solution. */
const tolerance = 1e-6;

/**
 * The light of a photo as BIMEF and LECARM take it: the brightest channel at half size, texture smoothed and structure kept, back
 * at full size.
 *
 * T is the solution of (I + lambda D^T W D) T = V, with W = 1 / (|sum of 5 differences along their direction| |difference| +
 * 0.001), all periodic but for the sums, which have zeros outside. Both changes of size are bicubic.
 *
 * Source: Ying, Li, Gao 2017, section 3-B, as in the authors' program. Departure: it solves to a residual of 0.1 only.
 *
 * @param brightest V, 0 to 1.
 * @param lambda how smooth the light is.
 * @param megapixels the most pixels that the light is solved for, in millions: see `onSmallCopy`.
 * @returns T; may lie a little outside 0 to 1.
 */
export function* exposedLight(brightest: Plane, lambda: number, megapixels: number): Steps<Plane> {
  const { width, height } = brightest;
  const half = yield* within(0, 0.1, halfSize(brightest));
  yield* within(
    0.1,
    0.85,
    onSmallCopy(half, megapixels, (map) => smoothTexture(map, lambda)),
  );
  return yield* within(0.85, 1, bicubicResize(half, width, height));
}

/** A plane at half size, sides rounded up. */
export function halfSize(plane: Plane): Steps<Plane> {
  return bicubicResize(plane, Math.ceil(plane.width / 2), Math.ceil(plane.height / 2));
}

/** T of a map: see `exposedLight`. */
export function* smoothTexture({ width, height, values }: Plane, lambda: number): Steps<Float64Array> {
  const east = differences(values, width, "east", "periodic");
  const south = differences(values, width, "south", "periodic");
  const system = {
    width,
    height,
    isPeriodic: true,
    east: couplings(east, width, 1, lambda),
    south: couplings(south, height, width, lambda),
  };
  return yield* solveCoupled(system, values, values, tolerance);
}

/** lambda W of the differences along one axis of `count` pixels, `stride` apart. */
function couplings(steps: Float64Array, count: number, stride: number, lambda: number): Float64Array {
  return steps.map((step, i) => {
    const place = Math.floor(i / stride) % count;
    let sum = 0;
    for (let k = Math.max(-sumRadius, -place); k <= Math.min(sumRadius, count - 1 - place); k++) {
      sum += steps[i + k * stride];
    }
    return lambda / (Math.abs(sum * step) + epsilon);
  });
}
