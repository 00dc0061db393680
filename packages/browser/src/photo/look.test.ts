import { createPicture } from "@kindling/core";
import { expect, test } from "vitest";
import { applyLook } from "./look.ts";

function pixel(...colour: number[]) {
  const picture = createPicture(1, 1, 3);
  picture.samples.set(colour);
  return picture;
}

test("a look of nothing gives the picture itself", () => {
  const picture = pixel(0.2, 0.3, 0.4);
  expect(applyLook(picture, {})).toBe(picture);
});

test("warmth raises red over blue and keeps the luminance", () => {
  const [r = 0, g = 0, b = 0] = applyLook(pixel(0.4, 0.4, 0.4), { warmth: 1 }).samples;
  expect(r).toBeGreaterThan(0.4);
  expect(b).toBeLessThan(0.4);
  expect(0.2126 * r + 0.7152 * g + 0.0722 * b).toBeCloseTo(0.4, 5);
});

test("contrast darkens what is dark, lightens what is light, and leaves black, middle and white", () => {
  expect([...applyLook(pixel(0, 0.5, 1), { contrast: 1 }).samples]).toEqual([0, 0.5, 1]);
  const [dark = 1, light = 0] = applyLook(pixel(0.25, 0.75, 0), { contrast: 1 }).samples;
  expect(dark).toBeLessThan(0.25);
  expect(light).toBeGreaterThan(0.75);
});

test("a look beyond its range is refused", () => {
  expect(() => applyLook(pixel(0, 0, 0), { warmth: 2 })).toThrow("warmth: expected a number from -1 to 1; got 2.");
});
