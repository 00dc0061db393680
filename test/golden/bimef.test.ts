import { findMethod, finish } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { chooseRatio } from "../../packages/core/src/classical/bimef.ts";
import { brightestChannel } from "../../packages/core/src/classical/brightest-channel.ts";
import { exposedLight, halfSize, smoothTexture } from "../../packages/core/src/classical/exposed-light.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";

describe.skipIf(!hasShared)("BIMEF and LECARM against a reference with direct solves", () => {
  test.each(["x", "odd"])(
    "%s: the light at half and at full size, and the fused picture, are within 1e-4",
    async (name) => {
      const picture = await goldenPicture(`${name}.input.png`);
      const brightest = finish(brightestChannel(picture));
      const half = finish(smoothTexture(finish(halfSize(brightest)), 0.5));
      expect(worstDifference(half, goldenValues("bimef", `${name}.t_half`, folder))).toBeLessThan(1e-4);
      const light = finish(exposedLight(brightest, 0.5, 1));
      expect(worstDifference(light.values, goldenValues("bimef", `${name}.t`, folder))).toBeLessThan(1e-4);
      const fused = finish(findMethod("bimef").enhance(picture, { ratio: 5 }, { levels: 255 }));
      const golden = Float32Array.from(goldenValues("bimef", `${name}.fused_k5`, folder), (value) =>
        Math.min(Math.max(value, 0), 1),
      );
      expect(worstDifference(fused.samples, golden)).toBeLessThan(1e-4);
    },
  );

  test.each([
    ["x", 6.845443535911761],
    ["y", 3.095498151847333],
    ["odd", 6.685346881215081],
  ])("%s: the exposure of most entropy is the golden one", async (name, ratio) => {
    const picture = await goldenPicture(`${name}.input.png`);
    const light = finish(exposedLight(finish(brightestChannel(picture)), 0.5, 1));
    expect(Math.abs(finish(chooseRatio(picture, light)) - ratio)).toBeLessThan(0.05);
  });

  test.each(goldenNames)("%s: the results are the golden ones", async (name) => {
    const picture = await goldenPicture(`${name}.input.png`);
    const differenceFrom = async (method: string, settings: Record<string, number>, file: string) => {
      const result = finish(findMethod(method).enhance(picture, settings, { levels: 255 }));
      return worstDifference(levelsOf(result), levelsOf(await goldenPicture(`${name}.${file}.png`, folder)));
    };
    expect(await differenceFrom("bimef", { ratio: 5 }, "bimef_k5")).toBeLessThanOrEqual(1);
    expect(await differenceFrom("bimef", {}, "bimef_auto")).toBeLessThanOrEqual(2);
    expect(await differenceFrom("lecarm", {}, "lecarm")).toBeLessThanOrEqual(1);
  });
});
