import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { createPlane, type Plane } from "./picture.ts";

/** Reduces a plane to a smaller size; each new pixel is the mean of the area it covers, shares of pixels counted. */
export function* areaReduce(plane: Plane, width: number, height: number): Steps<Plane> {
  const partly = createPlane(width, plane.height);
  const result = createPlane(width, height);
  yield* within(0, 0.7, filterAlongRows(areaFilter(plane.width, width), plane, partly));
  yield* within(0.7, 1, filterAlongColumns(areaFilter(plane.height, height), partly, result));
  return result;
}

/** Each output is the mean of the area it covers. */
export function areaFilter(inputs: number, outputs: number): AxisFilter {
  const ratio = inputs / outputs;
  return buildAxisFilter(inputs, outputs, "zero", (output, add) => {
    const from = output * ratio;
    const to = Math.min(inputs, (output + 1) * ratio);
    for (let position = Math.floor(from); position < to; position++) {
      add(position, (Math.min(to, position + 1) - Math.max(from, position)) / ratio);
    }
  });
}
