import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { meanLuminance, openEnhancer, readPhoto } from "@kindling/node";
import sharp from "sharp";
import { expect, test } from "vitest";
import { scratchFolder } from "../support/run-kindling.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

/** Least share of the light of the well exposed photograph of the same scene; below it a photo is still dark. */
const leastShare = 0.15;

// A photo that people bring to be lit must not be left dark, which single overviews did with some of these.
test.skipIf(!hasShared)("automatic light leaves none of 62 dark photographs dark", async () => {
  const folder = (name: string) => sharedPath("data/night-pairs", name);
  const scratch = scratchFolder();
  const enhancer = await openEnhancer();
  const left: Record<string, number> = {};
  for (const file of readdirSync(folder("low"))) {
    const [dark, bright] = await Promise.all(
      ["low", "normal"].map(async (name) => {
        // Light is decided on 64 x 64 pixels.
        const small = join(scratch, `${name}-${basename(file)}.png`);
        await sharp(join(folder(name), file))
          .resize({ width: 240 })
          .png()
          .toFile(small);
        return readPhoto(small);
      }),
    );
    const { autoLight } = await enhancer.analyse(dark!);
    const wanted = meanLuminance(bright!.picture) / meanLuminance(dark!.picture);
    if (autoLight < leastShare * wanted) left[file] = autoLight / wanted;
  }
  await enhancer.close();
  expect(left).toEqual({});
});
