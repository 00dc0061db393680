import { findMethod, finish } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { reflectanceOf, smoothLuma } from "../../packages/core/src/classical/jed.ts";
import { lumaOf } from "../../packages/core/src/colour/luma.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";
const settings = { denoise: 0.007, edges: 0.016, contrast: 6, threshold: 10 };

describe.skipIf(!hasShared)("JED against a reference with direct solves", () => {
  test.each(["x", "odd"])(
    "%s: light and, but for steps just at the threshold, reflectance are within 1e-4",
    async (name) => {
      const picture = await goldenPicture(`${name}.input.png`);
      const luma = lumaOf(picture);
      const light = Float64Array.from(finish(smoothLuma(luma, 0.001)), (value) => Math.max(value, 1e-3));
      expect(worstDifference(light, goldenValues("jed", `${name}.L`, folder))).toBeLessThan(1e-4);
      const strip = { top: 0, bottom: picture.height };
      const channels = [0, 1, 2].map((c) => finish(reflectanceOf(picture, c, luma.values, light, strip, settings)));
      const reflectance = channels.flatMap((values) => Array.from(values));
      // Bytes often differ by just the threshold; whether such a step counts is up to the reference's rounding.
      const golden = goldenValues("jed", `${name}.R`, folder);
      const off = reflectance.filter((value, i) => !(Math.abs(value - (golden[i] ?? 0)) < 1e-4));
      expect(off.length / reflectance.length).toBeLessThan(0.13);
      expect(worstDifference(reflectance, golden)).toBeLessThan(0.005);
    },
  );

  test("x: the smoother light is within 1e-4", async () => {
    const light = finish(smoothLuma(lumaOf(await goldenPicture("x.input.png")), 0.1));
    expect(worstDifference(light, goldenValues("jed", "x.L_alpha0.1", folder))).toBeLessThan(1e-4);
  });

  test.each([...goldenNames.map((name) => [name, 0.001, "jed"] as const), ["x", 0.1, "jed_alpha0.1"] as const])(
    "%s, alpha %s: the result is the golden one",
    async (name, alpha, file) => {
      const picture = await goldenPicture(`${name}.input.png`);
      const result = finish(findMethod("jed").enhance(picture, { alpha }, { levels: 255 }));
      const golden = await goldenPicture(`${name}.${file}.png`, folder);
      expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
    },
  );
});
