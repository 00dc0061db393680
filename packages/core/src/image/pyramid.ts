import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows } from "./axis-filter.ts";
import { createPlane, type Plane } from "./picture.ts";

// Steps between the levels of Gaussian and Laplacian pyramids. Source: Burt and Adelson, "The Laplacian Pyramid as a
// Compact Image Code", IEEE Transactions on Communications 1983, with the kernel 1 4 6 4 1 and OpenCV's borders.

/** Halves a plane, sides rounded up: blurred by 1 4 6 4 1, mirrored at the borders, every second pixel kept. */
export function halvePlane(plane: Plane): Steps<Plane> {
  return filterBoth(plane, Math.ceil(plane.width / 2), Math.ceil(plane.height / 2), halvingFilter);
}

/**
 * Doubles a plane to a size whose half, rounded up, is its own: the step back of `halvePlane`.
 *
 * The border follows OpenCV: mirrored on the left and at the top, repeated on the right and at the bottom.
 */
export function doublePlane(plane: Plane, width: number, height: number): Steps<Plane> {
  return filterBoth(plane, width, height, doublingFilter);
}

function* filterBoth(
  plane: Plane,
  width: number,
  height: number,
  filterFor: (inputs: number, outputs: number) => AxisFilter,
): Steps<Plane> {
  const partly = createPlane(width, plane.height);
  const result = createPlane(width, height);
  yield* within(0, 0.5, filterAlongRows(filterFor(plane.width, width), plane, partly));
  yield* within(0.5, 1, filterAlongColumns(filterFor(plane.height, height), partly, result));
  return result;
}

function halvingFilter(inputs: number, outputs: number): AxisFilter {
  return buildAxisFilter(inputs, outputs, "mirror", (output, add) => {
    for (const [tap, weight] of [1, 4, 6, 4, 1].entries()) add(2 * output + tap - 2, weight / 16);
  });
}

function doublingFilter(inputs: number, outputs: number): AxisFilter {
  return buildAxisFilter(inputs, outputs, "mirror", (output, add) => {
    const position = Math.floor(output / 2);
    const next = Math.min(position + 1, inputs - 1);
    if (output % 2 === 1) {
      add(position, 0.5);
      add(next, 0.5);
    } else {
      add(position - 1, 1 / 8);
      add(position, 6 / 8);
      add(next, 1 / 8);
    }
  });
}
