import { findMethod, finish, type Plane } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { brightPass } from "../../packages/core/src/classical/bright-pass.ts";
import { naturalCurve } from "../../packages/core/src/classical/natural-curve.ts";
import { closePlane } from "../../packages/core/src/image/closing.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const folder = "classical-more";

/** G of the golden picture: its brightest channel, 0 to 255 (each reaches 255), raised to the threshold of the notes. */
async function lightLevels(name: string, least: number): Promise<Plane> {
  const { width, height, samples } = await goldenPicture(`${name}.input.png`);
  const brightest = Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(255 * Math.max(...samples.subarray(3 * i, 3 * i + 3))),
  );
  const peak = Math.max(...brightest);
  const values = Float32Array.from(brightest, (value) => Math.max(Math.round((255 * value) / peak), least));
  return { width, height, values };
}

describe.skipIf(!hasShared)("NPE against the authors' program", () => {
  test.each([
    ["x", 10],
    ["odd", 10],
  ])("%s: closing and bright-pass filter are the golden ones", async (name, least) => {
    const levels = await lightLevels(name, least);
    const closed = finish(closePlane(levels, 7));
    expect(worstDifference(closed.values, goldenValues("npe", `${name}.cbright`, folder))).toBe(0);
    const light = finish(brightPass(levels));
    expect(worstDifference(light.values, goldenValues("npe", `${name}.illumination`, folder))).toBeLessThan(1e-4);
  });

  test("the tone curve is the golden table", () => {
    const curve = naturalCurve(127, 0.63);
    const table = Array.from({ length: 256 }, (_, i) => curve(i + 1));
    expect(worstDifference(table, goldenValues("npe", "mapping_table_index_is_v_minus_1", folder))).toBeLessThan(1e-4);
  });

  test.each(goldenNames)("%s: the result is the golden one, but for ties that float32 rounds", async (name) => {
    const result = finish(findMethod("npe").enhance(await goldenPicture(`${name}.input.png`), {}, { levels: 255 }));
    const golden = levelsOf(await goldenPicture(`${name}.npe.png`, folder));
    const found = levelsOf(result);
    expect(worstDifference(found, golden)).toBeLessThanOrEqual(1);
    expect(found.filter((level, i) => level !== golden[i]).length).toBeLessThanOrEqual(3);
  });
});
