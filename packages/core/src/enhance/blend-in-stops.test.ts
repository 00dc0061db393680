import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import { blendInStops } from "./blend-in-stops.ts";

const pictureOf = (channels: 1 | 4, ...samples: number[]): Picture => ({
  width: samples.length / channels,
  height: 1,
  channels,
  samples: Float32Array.from(samples),
});
const sample = fc.double({ min: 0, max: 1, noNaN: true });

test("a sample lies between both by the logarithm of its distance from -1/255", () => {
  fc.assert(
    fc.property(sample, sample, sample, (from, to, share) => {
      const [got] = finish(blendInStops(pictureOf(1, from), pictureOf(1, to), share)).samples;
      const step = 1 / 255;
      expect(got).toBeCloseTo((from + step) * ((to + step) / (from + step)) ** share - step, 4);
    }),
  );
});

test("the ends are exact, alpha is that of the first, and a plane gives each pixel its share", () => {
  const [from, to] = [pictureOf(4, 0, 0.1, 0.7, 0.3, 0.2, 0.2, 0.2, 1), pictureOf(4, 1, 0.3, 0.1, 0.9, 1, 1, 1, 0)];
  expect(finish(blendInStops(from, to, 0))).toEqual(from);
  expect(finish(blendInStops(from, to, 1)).samples).toEqual(Float32Array.of(1, 0.3, 0.1, 0.3, 1, 1, 1, 1));
  const share = { width: 2, height: 1, values: Float32Array.of(0, 1) };
  expect(finish(blendInStops(from, to, share)).samples).toEqual(Float32Array.of(0, 0.1, 0.7, 0.3, 1, 1, 1, 1));
});
