import { readFileSync } from "node:fs";
import { finish, type Picture } from "@kindling/core";
import { readSafetensors } from "@kindling/nets";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { fuseExposures } from "../../packages/core/src/fusion/exposure-fusion.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { levelsOf, planar, worstDifference } from "./classical-golden.ts";

async function read(folder: string, file: string): Promise<Picture> {
  const { data, info } = await sharp(sharedPath("golden", folder, file))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    channels: info.channels as 3,
    samples: Float32Array.from(data, (value) => value / 255),
  };
}

function goldenTensor(name: string): ArrayLike<number> {
  const file = "classical-more/mertens.safetensors";
  return readSafetensors(new Uint8Array(readFileSync(sharedPath("golden", file))), file).get(name)!.values;
}

describe.skipIf(!hasShared)("exposure fusion against OpenCV's", () => {
  test("gives the same on a bracket with noise, where rounding decides nothing", async () => {
    const bracket = await Promise.all(
      [0, 1, 2].map((i) => read("classical-more", `x.mertens_dithered_bracket_${i}.png`)),
    );
    const fused = finish(fuseExposures(bracket));
    // The golden values are not clipped.
    const golden = Float32Array.from(goldenTensor("x.dithered_fused"), (value) => Math.min(Math.max(value, 0), 1));
    expect(worstDifference(planar(fused), golden)).toBeLessThan(2e-5);
    const png = await read("classical-more", "x.mertens_dithered_c1s1e1.png");
    expect(worstDifference(levelsOf(fused), levelsOf(png))).toBeLessThanOrEqual(1);
  });

  test.each([
    ["x", "c1s1e1", 1],
    ["x", "c1s1e0", 0],
    ["y", "c1s1e1", 1],
    ["y", "c1s1e0", 0],
    ["odd", "c1s1e1", 1],
    ["odd", "c1s1e0", 0],
  ] as const)(
    "is close on %s with the exponents %s, whose flat pixels are weighed by rounding noise",
    async (name, file, exposedness) => {
      const bracket = await Promise.all(
        ["input", "gamma_0.6", "gamma_0.45"].map((kind) => read("classical", `${name}.${kind}.png`)),
      );
      const fused = finish(fuseExposures(bracket, { exposedness }));
      const golden = await read("classical-more", `${name}.mertens_${file}.png`);
      expect(worstDifference(planar(fused), planar(golden))).toBeLessThan(0.05);
    },
  );
});
