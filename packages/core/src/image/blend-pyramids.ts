import { type Steps, within } from "../flow/steps.ts";
import { createPlane, type Plane } from "./picture.ts";
import { doublePlane, halvePlane } from "./pyramid.ts";

/**
 * Blends planes by their masks level by level: coarse light broadly, fine detail sharply. The planes' Laplacian pyramids,
 * weighted by the masks' Gaussian pyramids, are added up and put together.
 *
 * Source: Burt and Adelson, "A Multiresolution Spline With Application to Image Mosaics", ACM Transactions on Graphics 1983.
 *
 * @param planeAt the planes by number, one at a time.
 * @param masks one a plane, of their size; their sum is 1 at every pixel.
 * @param last levels below the full size.
 */
export function* blendPyramids(planeAt: (index: number) => Plane, masks: readonly Plane[], last: number): Steps<Plane> {
  const levels: Plane[] = [];
  const share = 1 / (masks.length + 1);
  for (const [i, mask] of masks.entries()) {
    yield* within(i * share, (i + 1) * share, addLevels(planeAt(i), mask, last, levels));
  }
  let result = levels.at(-1)!;
  for (const detail of levels.slice(0, -1).reverse()) {
    const blurred = yield* within(1 - share, 1 - share, doublePlane(result, detail.width, detail.height));
    for (let j = 0; j < blurred.values.length; j++) blurred.values[j] += detail.values[j];
    result = blurred;
  }
  return result;
}

/** Adds the Laplacian pyramid of a plane, weighted by the Gaussian pyramid of its mask, to the levels so far. */
function* addLevels(whole: Plane, wholeMask: Plane, last: number, levels: Plane[]): Steps<void> {
  let [plane, mask] = [whole, wholeMask];
  for (let level = 0; level <= last; level++) {
    levels[level] ??= createPlane(plane.width, plane.height);
    const sum = levels[level].values;
    if (level === last) {
      for (let j = 0; j < sum.length; j++) sum[j] += mask.values[j] * plane.values[j];
      return;
    }
    // Each level is a quarter of the work of the one above it.
    const [from, to] = [1 - 0.25 ** level, 1 - 0.25 ** (level + 1)];
    const at = (share: number) => from + (to - from) * share;
    const coarser = yield* within(at(0), at(0.3), halvePlane(plane));
    const blurred = yield* within(at(0.3), at(0.7), doublePlane(coarser, plane.width, plane.height));
    for (let j = 0; j < sum.length; j++) sum[j] += mask.values[j] * (plane.values[j] - blurred.values[j]);
    [plane, mask] = [coarser, yield* within(at(0.7), at(1), halvePlane(mask))];
  }
}
