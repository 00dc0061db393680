import { encodeSrgb } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { shareOfBalance } from "./coloured-light.ts";

const size = 100;

/** A frame of 100 pixels: so many in one linear light, the others in another. */
function frame(count: number, some: readonly number[], others: readonly number[]) {
  const values = new Float32Array(3 * size);
  for (let i = 0; i < size; i++) {
    const colour = i < count ? some : others;
    for (const [c, light] of colour.entries()) values[c * size + i] = encodeSrgb(light);
  }
  return { shape: [1, 3, 10, 10], values };
}

const grey = [0.1, 0.1, 0.1];

test.each([
  ["a stage in violet light", [0.1, 0.02, 0.3]],
  ["a stage in blue light", [0.02, 0.02, 0.2]],
  ["green light", [0.02, 0.1, 0.02]],
  ["a darkroom", [0.1, 0.001, 0.001]],
])("%s is not balanced", (_, colour) => {
  expect(shareOfBalance(frame(size, colour, grey))).toBe(0);
});

test.each([
  ["grey", grey],
  ["a flame of 1,800 K", [0.277, 0.058, 0]],
  ["a lamp of 2,700 K", [0.2, 0.09, 0.02]],
  ["sodium light", [0.1, 0.01, 0.0005]],
  ["a blue hour", [0.05, 0.08, 0.18]],
  ["black", [0, 0, 0]],
  ["red of one level of 255, which says nothing", [3e-4, 0, 0]],
])("%s is balanced", (_, colour) => {
  expect(shareOfBalance(frame(size, colour, grey))).toBe(1);
});

test("things of strong colours do not count as light: the balance falls from six tenths of a photo in them to nine", () => {
  const violet = [0.1, 0.02, 0.1];
  expect(shareOfBalance(frame(55, violet, grey))).toBe(1);
  expect(shareOfBalance(frame(75, violet, grey))).toBeCloseTo(0.5, 6);
  // Black pixels count for neither.
  expect(shareOfBalance(frame(20, violet, [0, 0, 0]))).toBe(0);
});
