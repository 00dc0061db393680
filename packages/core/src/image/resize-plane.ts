import { type Steps, within } from "../flow/steps.ts";
import { areaFilter } from "./area-reduce.ts";
import { filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { bilinearFilter } from "./bilinear-filter.ts";
import { createPlane, type Plane } from "./picture.ts";

/** A plane at another size: each axis enlarged bilinearly, or reduced to the mean of the area a new pixel covers. */
export function* resizePlane(plane: Plane, width: number, height: number): Steps<Plane> {
  const filterFor = (from: number, to: number) => (to < from ? areaFilter(from, to) : bilinearFilter(from, to));
  const partly = createPlane(width, plane.height);
  const result = createPlane(width, height);
  yield* within(0, 0.5, filterAlongRows(filterFor(plane.width, width), plane, partly));
  yield* within(0.5, 1, filterAlongColumns(filterFor(plane.height, height), partly, result));
  return result;
}
