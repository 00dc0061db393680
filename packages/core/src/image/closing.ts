import { type Steps, within } from "../flow/steps.ts";
import { createPlane, type Plane } from "./picture.ts";
import { overRows } from "./row-blocks.ts";

/**
 * Closes a plane (grey-scale morphology): the least, over the square of 2 `radius` + 1 px around each pixel, of the greatest
 * values in such squares. Dark specks and lines narrower than the square vanish; nothing gets darker. Squares are cut at
 * the borders.
 */
export function* closePlane(plane: Plane, radius: number): Steps<Plane> {
  const greatest = yield* within(0, 0.5, extremeOfSquares(plane, radius, Math.max));
  return yield* within(0.5, 1, extremeOfSquares(greatest, radius, Math.min));
}

/** Closes a plane as `closePlane` does, over discs of this radius (px), cut at the borders. */
export function* closeByDisc(plane: Plane, radius: number): Steps<Plane> {
  const greatest = yield* within(0, 0.5, extremeOfDiscs(plane, radius, Math.max));
  return yield* within(0.5, 1, extremeOfDiscs(greatest, radius, Math.min));
}

type Choose = (a: number, b: number) => number;

function* extremeOfSquares(plane: Plane, radius: number, choose: Choose): Steps<Plane> {
  const { width, height } = plane;
  const partly = createPlane(width, height);
  const result = createPlane(width, height);
  yield* within(0, 0.5, extremeAlong(plane, partly, 1, radius, choose));
  yield* within(0.5, 1, extremeAlong(partly, result, width, radius, choose));
  return result;
}

/** The extreme of each pixel's neighbours along one axis: `stride` 1 along rows, the width along columns. */
function* extremeAlong(from: Plane, to: Plane, stride: number, radius: number, choose: Choose): Steps<void> {
  const { width, height, values } = from;
  const count = stride === 1 ? width : height;
  yield* overRows(height, width * (2 * radius + 1), (first, last) => {
    for (let y = first; y < last; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const at = stride === 1 ? x : y;
        const begin = i - Math.min(radius, at) * stride;
        const end = i + Math.min(radius, count - 1 - at) * stride;
        let extreme = values[begin];
        for (let j = begin + stride; j <= end; j += stride) extreme = choose(extreme, values[j]);
        to.values[i] = extreme;
      }
    }
  });
}

function* extremeOfDiscs({ width, height, values }: Plane, radius: number, choose: Choose): Steps<Plane> {
  const result = createPlane(width, height);
  const halfWidths = Int32Array.from({ length: 2 * radius + 1 }, (_, i) => Math.sqrt(radius ** 2 - (i - radius) ** 2));
  yield* overRows(height, width * 3 * radius ** 2, (first, last) => {
    for (let y = first; y < last; y++) {
      for (let x = 0; x < width; x++) {
        let extreme = values[y * width + x];
        for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
          const half = halfWidths[row - y + radius];
          const end = row * width + Math.min(width - 1, x + half);
          for (let i = row * width + Math.max(0, x - half); i <= end; i++) extreme = choose(extreme, values[i]);
        }
        result.values[y * width + x] = extreme;
      }
    }
  });
  return result;
}
