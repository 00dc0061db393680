import { findMethod, finish } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { brightestChannel } from "../../packages/core/src/classical/brightest-channel.ts";
import { fuseLight } from "../../packages/core/src/classical/mf.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";

describe.skipIf(!hasShared)("MF against a reference with OpenCV's filters", () => {
  test.each(["x", "odd"])("%s: the three lights and their fusion are the golden ones", async (name) => {
    const map = finish(brightestChannel(await goldenPicture(`${name}.input.png`)));
    const { first, bright, contrasted, fused } = finish(fuseLight(map, 10, 3, { levels: 255 }));
    expect(worstDifference(first.values, goldenValues("mf", `${name}.I1`, folder))).toBeLessThan(1e-5);
    expect(worstDifference(bright.values, goldenValues("mf", `${name}.I2`, folder))).toBeLessThan(1e-5);
    expect(worstDifference(contrasted.values, goldenValues("mf", `${name}.I3`, folder))).toBeLessThan(1.001 / 255);
    expect(worstDifference(fused.values, goldenValues("mf", `${name}.I_fused`, folder))).toBeLessThan(1e-5);
  });

  test.each(goldenNames)("%s: the result is the golden one", async (name) => {
    const result = finish(findMethod("mf").enhance(await goldenPicture(`${name}.input.png`), {}, { levels: 255 }));
    const golden = await goldenPicture(`${name}.mf.png`, folder);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });
});
