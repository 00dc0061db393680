import { expect, test } from "vitest";
import { frameCells, wholeFrame } from "./frame.ts";
import { reduceFrame } from "./reduce-frame.ts";
import { trainingImage } from "./training-image.ts";

const image = trainingImage(
  { width: 2, height: 2, channels: 3, samples: Float32Array.of(0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1) },
  8,
);
const half = frameCells / 2;
const valuesOf = ({ samples }: ReturnType<typeof reduceFrame>) => [...samples].map((value) => value / 65535);
const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 4));

test("a picture reduced to one pixel is its mean colour", () => {
  const reduced = reduceFrame(image, wholeFrame, 1);
  expect([reduced.width, reduced.height]).toEqual([1, 1]);
  expect(valuesOf(reduced)).toEqual(close(0.5, 0.25, 1));
});

test("a frame of a picture's lower left quarter is what that quarter shows", () => {
  const quarter = { left: 0, top: half, width: half, height: half };
  expect(valuesOf(reduceFrame(image, quarter, 1))).toEqual(close(0, 1, 1));
});

test("a frame's pixels are means of the areas they cover, its sides of unequal length", () => {
  const middle = { left: half / 2, top: 0, width: half, height: frameCells };
  expect(valuesOf(reduceFrame(image, middle, 2))).toEqual(close(0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1));
  const lower = { left: 0, top: half / 2, width: frameCells, height: half };
  expect(valuesOf(reduceFrame(image, lower, 1))).toEqual(close(0.5, 0.25, 1));
});
