import { createPicture, finish, type Picture, psnr } from "@kindling/core";
import {
  blockPx,
  buildFramePyramid,
  CutDetector,
  estimateMotion,
  LightOverTime,
  lumaOf,
  measureLight,
  noMotion,
  TemporalFilter,
} from "@kindling/core/internal";
import { describe, expect, test } from "vitest";
import { drawTexture, textureOf, withNoise, withSquare } from "../support/noisy-clip.ts";

const [width, height] = [96, 64];
const scene = textureOf(3);
const still = drawTexture(scene, width, height);

function filterAll(frames: readonly Picture[], strength = 1): Picture[] {
  const filter = new TemporalFilter(strength);
  return frames.map((frame) => finish(filter.filter(frame)).picture);
}

describe("noise over time", () => {
  test("what does not move becomes the mean of several frames, and without strength stays as it is", () => {
    const frames = Array.from({ length: 9 }, (_, i) => withNoise(still, 0.03, i));
    const last = filterAll(frames)[8];
    // Eight frames have a third of the noise: 9 dB.
    expect(psnr(last, still)).toBeGreaterThan(psnr(frames[8], still) + 7);
    expect(filterAll(frames.slice(0, 2), 0)[1]).toEqual(frames[1]);
  });

  test("a camera that moves by parts of a pixel loses noise and no detail", () => {
    const clean = Array.from({ length: 9 }, (_, i) => drawTexture(scene, width, height, (x, y) => [x + 2.5 * i, y]));
    const frames = clean.map((frame, i) => withNoise(frame, 0.03, i));
    expect(psnr(filterAll(frames)[8], clean[8])).toBeGreaterThan(psnr(frames[8], clean[8]) + 4);
    // Without noise interpolation is all that could blur.
    expect(psnr(filterAll(clean)[8], clean[8])).toBeGreaterThan(32);
  });

  test("what moves, appears and vanishes leaves no ghost", () => {
    const clean = Array.from({ length: 9 }, (_, i) => (i < 7 ? withSquare(still, 8 + 9 * i, 20) : still));
    const frames = clean.map((frame, i) => withNoise(frame, 0.03, i));
    for (const [i, filtered] of filterAll(frames).entries()) {
      // A ghost of the square would differ from the background by 0.3.
      const differences = filtered.samples.map((sample, at) => Math.abs(sample - clean[i].samples[at]));
      const far = differences.filter((difference) => difference > 0.15).length;
      expect(far).toBeLessThan(0.002 * differences.length);
      expect(psnr(filtered, clean[i])).toBeGreaterThan(psnr(frames[i], clean[i]) - 0.1);
    }
  });
});

test("motion is found to parts of a pixel, in noise too", () => {
  const moved = drawTexture(scene, width, height, (x, y) => [x + 5, y - 3]);
  const pyramid = (frame: Picture) => buildFramePyramid(lumaOf(frame));
  const { dx, dy, columns } = finish(
    estimateMotion(pyramid(withNoise(still, 0.02, 1)), pyramid(withNoise(moved, 0.02, 2)), 0.03),
  );
  let [error, count] = [0, 0];
  for (let row = 1; row < height / blockPx - 1; row++) {
    for (let column = 1; column < columns - 1; column++, count++) {
      error += Math.hypot(dx[row * columns + column] - 5, dy[row * columns + column] + 3);
    }
  }
  expect(error / count).toBeLessThan(0.3);
});

describe("cuts", () => {
  const shotsOf = (frames: readonly Picture[]) => {
    const detector = new CutDetector();
    return frames.flatMap((frame, i) => (finish(detector.beginsShot(frame)) ? [i] : []));
  };

  test("another scene begins a shot; a moving camera and a lamp that is switched on do not", () => {
    const pan = Array.from({ length: 8 }, (_, i) => drawTexture(scene, width, height, (x, y) => [x + 3 * i, y]));
    const other = drawTexture(textureOf(8), width, height);
    const lit = (frame: Picture) => ({ ...frame, samples: frame.samples.map((sample) => Math.min(2.5 * sample, 1)) });
    const frames = [...pan, other, other, lit(other), lit(other)].map((frame, i) => withNoise(frame, 0.02, i));
    expect(shotsOf(frames)).toEqual([0, 8]);
  });

  test("noise alone has no cuts", () => {
    const black = createPicture(width, height, 3);
    expect(shotsOf(Array.from({ length: 12 }, (_, i) => withNoise(black, 0.02, i)))).toEqual([0]);
  });
});

test("the light of frames that flicker becomes their mean, in logarithms", () => {
  const lighten = (stops: number) => ({ ...still, samples: still.samples.map((sample) => sample * 2 ** stops) });
  const field = (i: number) => measureLight(still, lighten(i % 2 === 0 ? 0.8 : 1.2));
  const frames = Array.from({ length: 40 }, (_, i) => {
    return { field: field(i), seconds: i / 25, motion: noMotion(still), width, height };
  });
  const overTime = new LightOverTime();
  for (const [i, frame] of frames.entries()) {
    const { gains } = overTime.settle(frame, frames.slice(i + 1, i + 13));
    const cells = [...frame.field.weights.keys()].filter((cell) => frame.field.weights[cell] > 0.05);
    const held = cells.map((cell) => frame.field.sums[cell] / frame.field.weights[cell] + gains[cell]);
    const middle = cells.map((cell) => (at(0, cell) + at(1, cell)) / 2);
    for (const [k, gain] of held.entries()) expect(gain).toBeCloseTo(middle[k], 1);
  }
  function at(i: number, cell: number): number {
    return frames[i].field.sums[cell] / frames[i].field.weights[cell];
  }
});
