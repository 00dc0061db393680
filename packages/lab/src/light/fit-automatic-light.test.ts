import { createRandom } from "@kindling/core";
import { predictLight } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { bestLight, fitAutomaticLight, qualityAt } from "./fit-automatic-light.ts";

/** Pictures whose best level follows from their first feature. */
function samples(count: number, noise: number) {
  const random = createRandom(2, "samples");
  return Array.from({ length: count }, () => {
    const features = { luma: random() - 1, deviation: random() - 1, illumination: random() - 1 };
    return { features, light: Math.exp(-features.luma + noise * (random() - 0.5)) };
  });
}

test("learns what the pipeline then predicts, within the levels it has seen", () => {
  const known = samples(60, 0);
  const { model } = fitAutomaticLight(known);
  for (const { features, light } of known.slice(0, 10)) expect(predictLight(model, features)).toBeCloseTo(light, 1);
  const darkest = { luma: -100, deviation: -100, illumination: -100 };
  expect(predictLight(model, darkest)).toBeLessThanOrEqual(Math.max(...known.map(({ light }) => light)));
});

test("judges itself by pictures left out: noise in what it learnt from does not pass for knowledge", () => {
  const error = (noise: number) => {
    const known = samples(40, noise);
    const { leftOut } = fitAutomaticLight(known);
    return Math.sqrt(leftOut.reduce((sum, light, n) => sum + Math.log(light / known[n].light) ** 2, 0) / known.length);
  };
  expect(error(0)).toBeLessThan(0.02);
  // Noise that is even from -0.5 to 0.5 deviates by 0.29.
  expect(error(1)).toBeGreaterThan(0.25);
});

test("the best light is the summit of a quality, also where that lies at an end", async () => {
  const summitAt = (summit: number) => async (light: number) => -Math.abs(Math.log(light / summit));
  for (const summit of [0.3, 1, 2.2, 4.9]) {
    const found = await bestLight(summitAt(summit), { least: 0.2, most: 5 });
    expect(Math.abs(found.best.logLight - Math.log(summit))).toBeLessThan(0.02);
    // Between the levels tried the curve is read off, at its ends it stays.
    expect(qualityAt(found, 0.9 * summit)).toBeCloseTo(await summitAt(summit)(0.9 * summit), 1);
    expect(qualityAt(found, 50)).toBe(qualityAt(found, 5));
    expect(qualityAt(found, 0.01)).toBe(found.tried[0].quality);
  }
  expect((await bestLight(summitAt(9), { least: 0.2, most: 5 })).best.logLight).toBeCloseTo(Math.log(5), 9);
});
