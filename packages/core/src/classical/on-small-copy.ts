import { type Steps, within } from "../flow/steps.ts";
import { areaReduce } from "../image/area-reduce.ts";
import { guidedUpsample } from "../image/guided-upsample.ts";
import type { Plane } from "../image/picture.ts";
import type { MethodOption } from "../settings/method-settings.ts";

/** Half the side of the guided filter's windows, in pixels of the small copy, and the variance it takes for flat. */
const guideRadius = 4;
const guideEpsilon = 1e-4;

/** The setting for the largest size that a map of the light is worked out at. */
export function megapixelsOption(initial: number, max: number): MethodOption {
  return {
    default: initial,
    min: 0.01,
    max,
    unit: "MP",
    about: "Largest size the light is estimated at; larger photos use a small copy.",
  };
}

/**
 * Replaces a map by what `solve` makes of it, at the map's own size if that is within the limit. A larger map is reduced
 * by area first, and the result brought up to full size by the fast guided filter, guided by the map itself.
 *
 * @param map changed in place.
 * @param megapixels the most pixels that `solve` is given, in millions.
 */
export function* onSmallCopy(
  map: Plane,
  megapixels: number,
  solve: (map: Plane) => Steps<ArrayLike<number>>,
): Steps<void> {
  const shrink = Math.sqrt((megapixels * 1e6) / map.values.length);
  if (shrink >= 1) {
    map.values.set(yield* solve(map));
    return;
  }
  const width = Math.max(1, Math.round(map.width * shrink));
  const height = Math.max(1, Math.round(map.height * shrink));
  const small = yield* within(0, 0.05, areaReduce(map, width, height));
  const values = Float32Array.from(yield* within(0.05, 0.8, solve(small)));
  yield* within(0.8, 1, guidedUpsample(map, small, { width, height, values }, guideRadius, guideEpsilon));
}
