import { createPicture, createPlane, type Picture } from "@kindling/core";
import { finish } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { lightReflectance, mixReflectances } from "./relight.ts";

/** Two pixels of three equal colours each. */
const pictureOf = (first: number, second: number): Picture => ({
  ...createPicture(2, 1, 3),
  samples: Float32Array.of(first, first, first, second, second, second),
});
const planeOf = (...values: number[]) => ({ ...createPlane(2, 1), values: Float32Array.from(values) });

test("multiplies the reflectance by the light, and clips", () => {
  const lit = finish(lightReflectance(pictureOf(0, 0), pictureOf(0.25, 0.75), planeOf(2, 3)));
  expect([...lit.samples]).toEqual([0.5, 0.5, 0.5, 1, 1, 1]);
});

test("a grey photo gets the mean of the colours and keeps its alpha", () => {
  const photo: Picture = { ...createPicture(1, 1, 2), samples: Float32Array.of(0.1, 0.5) };
  const reflectance: Picture = { ...createPicture(1, 1, 3), samples: Float32Array.of(0.125, 0.25, 0.375) };
  const lit = finish(lightReflectance(photo, reflectance, { ...createPlane(1, 1), values: Float32Array.of(2) }));
  expect([...lit.samples]).toEqual([0.5, 0.5]);
});

test("takes noise off in the dark, none under full light, and by share in between", () => {
  const mixed = finish(mixReflectances(pictureOf(1, 1), pictureOf(0, 0), planeOf(0, 1), 0.5));
  expect([...mixed.samples]).toEqual([0.5, 0.5, 0.5, 1, 1, 1]);
  const half = finish(mixReflectances(pictureOf(1, 1), pictureOf(0, 0), planeOf(0.5, 0.75), 1));
  expect([...half.samples]).toEqual([0.5, 0.5, 0.5, 0.75, 0.75, 0.75]);
});
