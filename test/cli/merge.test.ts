import { join } from "node:path";
import { psnr, readPhoto, writePhoto } from "@kindling/node";
import { expect, test } from "vitest";
import { drawTexture, textureOf, withNoise } from "../support/noisy-clip.ts";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

const clean = drawTexture(textureOf(4), 96, 80);

test("merges a burst into one photo of 16 bits with the metadata of the first, and replaces no file", async () => {
  const folder = scratchFolder();
  const files: string[] = [];
  for (const [i, shift] of [0, 3, -2.5, 1.25].entries()) {
    const moved = drawTexture(textureOf(4), 96, 80, (x, y) => [x + shift, y - shift / 2]);
    const path = join(folder, `IMG_${i}.${i === 3 ? "jpg" : "png"}`);
    const xmp = new TextEncoder().encode('<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>');
    const photo = { metadata: { xmp }, format: "png" as const, depth: 8 as const, lossless: true, notes: [] };
    await writePhoto({ ...photo, picture: withNoise(moved, 0.03, i) }, path, { quality: 98 });
    files.push(path);
  }
  const out = join(folder, "night.tif");
  const run = await runKindling(["merge", ...files, "-o", out, "--json"]);
  expect([run.status, run.stderr]).toEqual([0, ""]);
  const [{ merged }] = jsonLines(run.stdout) as unknown as [{ merged: { x: number; share: number }[] }];
  for (const [i, shift] of [3, -2.5, 1.25].entries()) expect(Math.abs((merged[i]?.x ?? 0) + shift)).toBeLessThan(0.3);
  const photo = await readPhoto(out);
  const [first] = files as [string];
  expect(psnr(photo.picture, clean)).toBeGreaterThan(psnr((await readPhoto(first)).picture, clean) + 4);
  expect([photo.depth, photo.metadata.xmp?.length]).toEqual([16, (await readPhoto(first)).metadata.xmp?.length]);

  const again = await runKindlingHere(["merge", ...files, "-o", out]);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain("there is such a file");
});

test("names the photo that does not fit", async () => {
  const folder = scratchFolder();
  const photo = { metadata: {}, format: "png" as const, depth: 8 as const, lossless: true, notes: [] };
  const [a, b] = [join(folder, "a.png"), join(folder, "b.png")];
  await writePhoto({ ...photo, picture: clean }, a);
  await writePhoto({ ...photo, picture: drawTexture(textureOf(4), 64, 64) }, b);
  const sizes = await runKindlingHere(["merge", a, b, "-o", join(folder, "c.png")]);
  expect([sizes.status, sizes.stderr]).toEqual([2, expect.stringMatching(/b\.png is 64 x 64 pixels, but .*a\.png is/)]);
  const one = await runKindlingHere(["merge", a, "-o", join(folder, "c.png")]);
  expect([one.status, one.stderr]).toEqual([2, expect.stringMatching(/expected two or more of a burst; got 1/)]);
});
