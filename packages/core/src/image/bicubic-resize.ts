import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { createPlane, type Plane } from "./picture.ts";
import { symmetricIndex } from "./symmetric-index.ts";

/**
 * A plane at another size, as MATLAB's `imresize` has it: bicubic, without aliasing where it shrinks, borders mirrored. The axis
 * that shrinks more comes first.
 */
export function* bicubicResize(plane: Plane, width: number, height: number): Steps<Plane> {
  const rowsFirst = width / plane.width <= height / plane.height;
  const partly = rowsFirst ? createPlane(width, plane.height) : createPlane(plane.width, height);
  const result = createPlane(width, height);
  const [alongRows, alongColumns] = [bicubicFilter(plane.width, width), bicubicFilter(plane.height, height)];
  if (rowsFirst) {
    yield* within(0, 0.5, filterAlongRows(alongRows, plane, partly));
    yield* within(0.5, 1, filterAlongColumns(alongColumns, partly, result));
  } else {
    yield* within(0, 0.5, filterAlongColumns(alongColumns, plane, partly));
    yield* within(0.5, 1, filterAlongRows(alongRows, partly, result));
  }
  return result;
}

function bicubicFilter(inputs: number, outputs: number): AxisFilter {
  // Where it shrinks, the kernel is as much wider.
  const scale = Math.min(1, outputs / inputs);
  return buildAxisFilter(inputs, outputs, "mirror", (output, add) => {
    const centre = ((output + 0.5) * inputs) / outputs - 0.5;
    const [from, to] = [Math.ceil(centre - 2 / scale), Math.floor(centre + 2 / scale)];
    let sum = 0;
    for (let position = from; position <= to; position++) sum += cubicKernel(scale * (position - centre));
    for (let position = from; position <= to; position++) {
      add(symmetricIndex(position, inputs), cubicKernel(scale * (position - centre)) / sum);
    }
  });
}

/** Keys' cubic convolution kernel with a = -1/2. */
export function cubicKernel(x: number): number {
  const t = Math.abs(x);
  if (t <= 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
  return t <= 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
}
