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

test("a frame is reduced as the part of the picture that it shows", () => {
  const numbers = (width: number, height: number, of: (x: number, y: number) => number) =>
    trainingImage(
      {
        width,
        height,
        channels: 1,
        samples: Float32Array.from({ length: width * height }, (_, i) => of(i % width, Math.floor(i / width)) / 5000),
      },
      16,
    );
  const of = (x: number, y: number) => x + 64 * y;
  const part = numbers(32, 48, (x, y) => of(x + 16, y + 8));
  const frame = { left: 8, top: 4, width: 16, height: 24 };
  const framed = reducePicture(numbers(64, 64, of), 32, frame);
  expect(framed.width).toBe(32);
  for (const [i, value] of reducePicture(part, 32).samples.entries()) {
    // Both round to one of 65,535 levels, the frame twice.
    expect(Math.abs(framed.samples[i]! - value)).toBeLessThanOrEqual(1);
  }
});
