import { expect, test } from "vitest";
import { reducePicture } from "./reduce-picture.ts";
import { trainingImage } from "./training-image.ts";

const image = trainingImage(
  { width: 2, height: 2, channels: 3, samples: Float32Array.of(0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1) },
  8,
);

test("a picture reduced to one pixel is its mean colour", () => {
  const { width, height, samples } = reducePicture(image, 1);
  expect([width, height]).toEqual([1, 1]);
  expect([...samples].map((value) => value / 65535)).toEqual([0.5, 0.25, 1].map((value) => expect.closeTo(value, 4)));
});

test("a picture is reduced once a size", () => {
  const once = reducePicture(image, 2);
  expect(reducePicture(image, 2)).toBe(once);
  expect(reducePicture(image, 1).width).toBe(1);
});
