import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { closeByDisc, closePlane } from "./closing.ts";
import type { Plane } from "./picture.ts";

function plane(width: number, height: number, values: readonly number[]): Plane {
  return { width, height, values: Float32Array.from(values) };
}

test("a dark gap of one pixel is filled and one of three stays, by hand", () => {
  const closed = finish(closePlane(plane(9, 1, [5, 1, 6, 2, 1, 2, 7, 7, 3]), 1));
  expect(Array.from(closed.values)).toEqual([5, 5, 6, 2, 2, 2, 7, 7, 7]);
});

test("both axes count: a pixel is filled only where its rows and columns are bright", () => {
  const closed = finish(closePlane(plane(3, 3, [4, 4, 4, 4, 1, 4, 4, 4, 5]), 1));
  expect(Array.from(closed.values)).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 5]);
});

test("closing darkens nothing, closing twice is closing once", () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 0, max: 4 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      (w, h, r, draw) => {
        const open = plane(
          w,
          h,
          Array.from({ length: w * h }, () => draw.next().value as number),
        );
        const closed = finish(closePlane(open, r));
        expect(closed.values.every((value, i) => value >= open.values[i])).toBe(true);
        expect(finish(closePlane(closed, r)).values).toEqual(closed.values);
      },
    ),
    { numRuns: 50 },
  );
});

test("discs of one pixel are crosses: a dark cross stays, one without an arm is filled, by hand", () => {
  const cross = [4, 1, 4, 1, 1, 1, 4, 1, 4];
  expect(Array.from(finish(closeByDisc(plane(3, 3, cross), 1)).values)).toEqual(cross);
  const armless = [4, 1, 4, 1, 1, 4, 4, 1, 4];
  expect(Array.from(finish(closeByDisc(plane(3, 3, armless), 1)).values)).toEqual(Array(9).fill(4));
});
