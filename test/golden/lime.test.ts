import { findMethod, finish, type Plane } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { refineIllumination } from "../../packages/core/src/classical/illumination.ts";
import { hasShared } from "../support/shared.ts";
import { goldenPicture, goldenValues, levelsOf, planar, worstDifference } from "./classical-golden.ts";

async function firstMap(name: string): Promise<Plane> {
  const { width, height } = await goldenPicture(`${name}.input.png`);
  return { width, height, values: Float32Array.from(goldenValues("lime", `${name}.T_initial`)) };
}

describe.skipIf(!hasShared).each(["x", "y"])("golden picture %s: LIME", (name) => {
  test.each([1, 2, 3])("the sped-up solver's map of strategy %s is within 1e-5", async (strategy) => {
    const found = finish(refineIllumination(await firstMap(name), { alpha: 0.15, strategy, exact: false }));
    expect(worstDifference(found, goldenValues("lime", `${name}.T_sped_up_strategy${strategy}`))).toBeLessThan(1e-5);
  });

  test.each([1, 2, 3])("the exact solver's map of strategy %s is within 1e-5", async (strategy) => {
    const found = finish(refineIllumination(await firstMap(name), { alpha: 0.15, strategy, exact: true }));
    expect(worstDifference(found, goldenValues("lime", `${name}.T_exact_strategy${strategy}`))).toBeLessThan(1e-5);
  });

  test("the enhanced picture of strategy 3 and gamma 0.8 is the golden one", async () => {
    const picture = await goldenPicture(`${name}.input.png`);
    const result = finish(findMethod("lime").enhance(picture, { gamma: 0.8, strategy: 3 }, { levels: 255 }));
    const golden = await goldenPicture(`${name}.lime_sped_up_s3_gamma0.8.png`);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
    expect(worstDifference(planar(result), goldenValues("lime", `${name}.R_sped_up_strategy3_gamma0.8`))).toBeLessThan(
      1e-4,
    );
  });
});
