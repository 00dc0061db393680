import fc from "fast-check";
import { expect, test } from "vitest";
import type { Picture, Plane } from "../image/picture.ts";
import { type AutomaticLight, lightFeatures, predictLight } from "./automatic-light.ts";

const flat = (level: number): Picture => ({
  width: 2,
  height: 2,
  channels: 3,
  samples: new Float32Array(12).fill(level),
});
const plane = (...values: number[]): Plane => ({
  width: values.length,
  height: 1,
  values: Float32Array.from(values),
});

/** A model that looks at one feature alone. */
function modelOf(name: string, weight: number): AutomaticLight {
  return {
    features: [name],
    mean: [0],
    scale: [2],
    weights: [weight],
    intercept: Math.log(2),
    min: 0.5,
    max: 4,
  };
}

test("features are those of the histogram, worked by hand", () => {
  const features = lightFeatures(flat(0.5), plane(0, 0.25, 0.75, 1));
  expect(features["luma mean"]).toBeCloseTo(Math.log(0.5 + 1 / 255), 5);
  expect(features["luma deviation"]).toBeCloseTo(0, 5);
  expect(features["illumination mean"]).toBeCloseTo(Math.log(0.5 + 1 / 255), 5);
  expect(features["illumination 5 %"]).toBeCloseTo(Math.log(1 / 255), 5);
  expect(features["illumination 50 %"]).toBeCloseTo(Math.log(0.25 + 1 / 255), 5);
  expect(features["illumination 95 %"]).toBeCloseTo(Math.log(1 + 1 / 255), 5);
  expect(features["illumination deviation"]).toBeCloseTo(Math.sqrt(0.15625), 5);
  const inverse = (1 / 0.01 + 1 / 0.26 + 1 / 0.76 + 1 / 1.01) / 4;
  expect(features["illumination inverse"]).toBeCloseTo(Math.log(inverse), 5);
});

test("green weighs most in the luma, alpha nothing", () => {
  const samples = Float32Array.of(0, 1, 0, 0.3);
  const features = lightFeatures({ width: 1, height: 1, channels: 4, samples }, plane(1));
  expect(features["luma mean"]).toBeCloseTo(Math.log(0.587 + 1 / 255), 5);
});

test("the features of a large picture come from evenly spread pixels and are near those of the whole", () => {
  const [width, height] = [900, 700];
  const values = Float32Array.from(
    { length: width * height },
    (_, i) => ((i % width) / width + i / width / height) / 2,
  );
  const features = lightFeatures({ width, height, channels: 1, samples: values }, { width, height, values });
  expect(features["luma mean"]).toBeCloseTo(Math.log(0.5), 1);
  expect(features["illumination 50 %"]).toBeCloseTo(Math.log(0.5), 1);
  expect(features["illumination 5 %"]).toBeCloseTo(Math.log(Math.sqrt(0.05 / 2)), 1);
});

test("neither the size of a picture nor the order of its pixels matters", () => {
  const pixels = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pixels, (values) => {
      const grey = (samples: number[]): Picture => ({
        width: samples.length,
        height: 1,
        channels: 1,
        samples: Float32Array.from(samples),
      });
      const twice = [...values, ...values].sort((a, b) => a - b);
      const once = lightFeatures(grey(values), plane(...values));
      const again = lightFeatures(grey(twice), plane(...twice));
      for (const [name, value] of Object.entries(again)) {
        expect(value).toBeCloseTo(once[name], 6);
        expect(Number.isFinite(value)).toBe(true);
      }
    }),
  );
});

test("the light is e to the weighted sum, kept within the model's range", () => {
  const features = lightFeatures(flat(0.5), plane(0.5));
  const mean = Math.log(0.5 + 1 / 255);
  expect(predictLight(modelOf("luma mean", 1), features)).toBeCloseTo(2 * Math.exp(mean / 2), 5);
  expect(predictLight(modelOf("luma mean", -100), features)).toBe(4);
  expect(predictLight(modelOf("luma mean", 100), features)).toBe(0.5);
});

test("a model fitted on other features is refused", () => {
  const stale = modelOf("luma median", 1);
  expect(() => predictLight(stale, lightFeatures(flat(0.5), plane(0.5)))).toThrow(
    /fitted on "luma median"; this version computes luma mean, /,
  );
});
