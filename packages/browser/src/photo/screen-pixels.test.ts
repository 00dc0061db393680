import { createPicture } from "@kindling/core";
import { heldSamples } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { holdsPixels, leavePixels, mostKept, pictureOfPixels, takePixels } from "./screen-pixels.ts";

const size = { width: 40, height: 30 };

test("pixels that were left are taken once, by a picture of the same size alone", () => {
  const pixels = takePixels(size);
  expect(pixels.length).toBe(4 * 40 * 30);
  leavePixels(pixels);
  expect(takePixels(size) === pixels).toBe(true);
  expect(takePixels(size) === pixels).toBe(false);
  leavePixels(pixels);
  expect(takePixels({ width: 41, height: 30 }).length).toBe(4 * 41 * 30);
});

test("those of pictures larger than screens are not kept", () => {
  const large = { width: mostKept + 1, height: 1 };
  const pixels = takePixels(large);
  leavePixels(pixels);
  expect(takePixels(large) === pixels).toBe(false);
});

test("a picture in the memory of pixels is known until its samples are floats; grey photos have none", () => {
  const pixels = takePixels(size);
  const lit = pictureOfPixels(pixels, createPicture(40, 30, 3));
  if (!lit) throw new Error("no picture");
  heldSamples(lit).values.fill(9);
  expect(pixels.every((value) => value === 9)).toBe(true);
  expect(holdsPixels(lit, pixels)).toBe(true);
  expect(holdsPixels(createPicture(40, 30, 3), pixels)).toBe(false);
  expect(lit.samples[0]).toBeCloseTo(9 / 255, 6);
  expect(holdsPixels(lit, pixels)).toBe(false);
  expect(pictureOfPixels(pixels, createPicture(40, 30, 1))).toBeUndefined();
});
