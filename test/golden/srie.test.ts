import { findMethod, finish } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { splitLight } from "../../packages/core/src/classical/srie.ts";
import { hasShared } from "../support/shared.ts";
import { goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";

describe.skipIf(!hasShared)("SRIE against a reference with exact solves", () => {
  test.each([
    ["x", 1],
    ["odd", 1],
    ["odd", 2],
  ])("%s, power %s: reflectance and light are the golden ones", async (name, power) => {
    const { width, height, samples } = await goldenPicture(`${name}.input.png`);
    const values = Float64Array.from({ length: width * height }, (_, i) =>
      Math.round(255 * Math.max(...samples.subarray(3 * i, 3 * i + 3))),
    );
    const settings = { texture: 0.01, smoothness: 0.1, power, rounds: 20 };
    const { reflectance, light } = finish(splitLight({ width, values }, settings));
    expect(worstDifference(reflectance, goldenValues("srie", `${name}.R_p${power}`, folder))).toBeLessThan(1e-4);
    const golden = goldenValues("srie", `${name}.L_p${power}`, folder);
    const relative = light.map((value, i) => value / (golden[i] ?? 0));
    expect(worstDifference(relative, new Float64Array(relative.length).fill(1))).toBeLessThan(1e-3);
  });

  test.each([
    ["x", 1],
    ["x", 2],
    ["y", 1],
    ["odd", 1],
    ["odd", 2],
  ])("%s, power %s: the result is the golden one", async (name, power) => {
    const picture = await goldenPicture(`${name}.input.png`);
    const result = finish(findMethod("srie").enhance(picture, { power }, { levels: 255 }));
    const golden = await goldenPicture(`${name}.srie_p${power}.png`, folder);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });
});
