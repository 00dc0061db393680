import { findMethod, finish } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { brightestChannel } from "../../packages/core/src/classical/brightest-channel.ts";
import { splitWithNoise } from "../../packages/core/src/classical/robust-retinex.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";
const settings = { smoothness: 0.01, edges: 0.01, noise: 10, contrast: 5, threshold: 10, rounds: 20 };

describe.skipIf(!hasShared)("robust Retinex against a reference with direct solves", () => {
  test.each(["x", "odd"])("%s: reflectance, light and noise are within 1e-4", async (name) => {
    const { width, values } = finish(brightestChannel(await goldenPicture(`${name}.input.png`)));
    const map = { width, values: Float64Array.from(values, (value) => Math.round(255 * value) / 255) };
    const { reflectance, light, noise } = finish(splitWithNoise(map, settings));
    expect(worstDifference(reflectance, goldenValues("robust_retinex", `${name}.R`, folder))).toBeLessThan(1e-4);
    expect(worstDifference(light, goldenValues("robust_retinex", `${name}.L`, folder))).toBeLessThan(1e-4);
    expect(worstDifference(noise, goldenValues("robust_retinex", `${name}.N`, folder))).toBeLessThan(1e-4);
  });

  test.each(goldenNames)("%s: the result is the golden one", async (name) => {
    const picture = await goldenPicture(`${name}.input.png`);
    const result = finish(findMethod("robust-retinex").enhance(picture, {}, { levels: 255 }));
    const golden = await goldenPicture(`${name}.robust_retinex.png`, folder);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });
});
