import { describe, expect, test } from "vitest";
import { trainingImage } from "./training-image.ts";

describe("a picture for training", () => {
  test("is RGB without alpha, with its darkest, brightest and mean luma", () => {
    const samples = Float32Array.of(1, 0.2, 0, 0.5, 0.4, 0.6, 0.8, 0.5);
    const image = trainingImage({ width: 2, height: 1, channels: 4, samples }, 8);
    expect([...image.samples]).toEqual([255, 51, 0, 102, 153, 204]);
    const luma = (0.299 * (255 + 102) + 0.587 * (51 + 153) + 0.114 * 204) / 2 / 255;
    expect(image.facts).toEqual({ width: 2, height: 1, min: 0, max: 1, meanLuma: expect.closeTo(luma, 6) });
  });

  test("repeats grey in three channels and keeps 16 bits", () => {
    const image = trainingImage({ width: 1, height: 1, channels: 2, samples: Float32Array.of(1 / 65535, 1) }, 16);
    expect(image.samples).toEqual(Uint16Array.of(1, 1, 1));
    expect(image.facts.max).toBeCloseTo(1 / 65535, 9);
  });
});
