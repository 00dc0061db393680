import { createPicture, type Picture } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { framePicture, geometryOfFrame, type PhotoFrame, wholeFrame } from "./frame.ts";

function numbered(width: number, height: number): Picture {
  const picture = createPicture(width, height, 1);
  picture.samples.forEach((_, i) => {
    picture.samples[i] = i;
  });
  return picture;
}

describe("a framed picture", () => {
  test("is the picture itself where the frame keeps all", () => {
    const picture = numbered(3, 2);
    expect(framePicture(picture, wholeFrame)).toEqual(picture);
  });

  test.each([
    [1, 2, [3, 0, 4, 1, 5, 2]],
    [2, 3, [5, 4, 3, 2, 1, 0]],
    [3, 2, [2, 5, 1, 4, 0, 3]],
  ] as const)("is turned clockwise by %i quarters without a change of its numbers", (turns, width, samples) => {
    const framed = framePicture(numbered(3, 2), { ...wholeFrame, turns });
    expect(framed.width).toBe(width);
    expect([...framed.samples]).toEqual(samples);
  });

  test("is cut to whole pixels", () => {
    const frame: PhotoFrame = { ...wholeFrame, crop: { left: 0.25, top: 0.5, width: 0.5, height: 0.5 } };
    expect([...framePicture(numbered(4, 4), frame).samples]).toEqual([9, 10, 13, 14]);
  });

  test("is straightened without empty corners: a slope turned by its own angle runs along", () => {
    const picture = createPicture(40, 30, 1);
    const degrees = 10;
    const slope = Math.tan((degrees * Math.PI) / 180);
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 40; x++) picture.samples[y * 40 + x] = (y + slope * x) / 60;
    }
    const { width, height, samples } = framePicture(picture, { ...wholeFrame, degrees });
    expect([width, height]).toEqual([33, 25]);
    for (let y = 4; y < height - 4; y++) {
      const row = samples.subarray(y * width + 4, (y + 1) * width - 4);
      expect(Math.max(...row) - Math.min(...row)).toBeLessThan(1e-5);
    }
  });

  test("keeps the middle of the photo in its middle", () => {
    const size = { width: 600, height: 400 };
    for (const turns of [0, 1, 2, 3] as const) {
      const { width, height, toSource } = geometryOfFrame({ ...wholeFrame, turns, degrees: 7 }, size);
      const [a, b, c, d, e, f] = toSource;
      expect(Math.abs((a * width + c * height) / 2 + e - 300)).toBeLessThan(1);
      expect(Math.abs((b * width + d * height) / 2 + f - 200)).toBeLessThan(1);
    }
  });
});
