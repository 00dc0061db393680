import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto, writePhoto } from "@kindling/node";
import { expect, test } from "vitest";
import { runKindling, scratchFolder } from "../support/run-kindling.ts";

/** Two exposures of a scene whose left half is bright and whose right half is dark. */
async function bracket(folder: string): Promise<[short: string, long: string]> {
  const [width, height] = [96, 48];
  const expose = async (name: string, gain: number) => {
    const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
      const x = Math.floor(i / 3) % width;
      const texture = 0.75 + 0.25 * Math.sin(i * 0.7);
      return Math.min((x < width / 2 ? 1.6 : 0.08) * texture * gain, 1);
    });
    const picture = { width, height, channels: 3 as const, samples };
    const path = join(folder, name);
    await writePhoto({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, path);
    return path;
  };
  return [await expose("short.png", 0.35), await expose("long.png", 6)];
}

test("fuses a bracket into one photo, and replaces no file without being allowed to", async () => {
  const folder = scratchFolder();
  const [short, long] = await bracket(folder);
  const out = join(folder, "fused.png");
  const first = await runKindling(["fuse", short, long, "-o", out]);
  expect([first.status, first.stdout.trim()]).toEqual([0, out]);
  const { picture } = await readPhoto(out);
  const [dark, bright] = await Promise.all([short, long].map(async (path) => (await readPhoto(path)).picture));
  const at = (x: number, { samples }: typeof picture) => {
    let sum = 0;
    for (let y = 12; y < 36; y++) for (let dx = 0; dx < 16; dx++) sum += samples[(y * 96 + x + dx) * 3 + 1];
    return sum / (24 * 16);
  };
  expect(at(16, bright)).toBeGreaterThan(0.99);
  expect(at(16, picture)).toBeLessThan(0.75);
  expect(at(64, picture)).toBeGreaterThan(3 * at(64, dark));

  const again = await runKindling(["fuse", short, long, "-o", out]);
  expect(again.status).not.toBe(0);
  expect(again.stderr).toContain("there is such a file");
  expect((await runKindling(["fuse", short, long, "-o", out, "--overwrite"])).status).toBe(0);
});

test("names what it cannot fuse", async () => {
  const folder = scratchFolder();
  const [short] = await bracket(folder);
  const other = join(folder, "other.png");
  const picture = { width: 10, height: 10, channels: 3 as const, samples: new Float32Array(300) };
  await writePhoto({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, other);
  const unequal = await runKindling(["fuse", short, other, "-o", join(folder, "x.png")]);
  expect(unequal.stderr).toMatch(/other\.png: 10 x 10 pixels, 3 channels, but .*short\.png has 96 x 48/);
  writeFileSync(join(folder, "no.jpg"), "no photo");
  const broken = await runKindling(["fuse", short, join(folder, "no.jpg"), "-o", join(folder, "x.png")]);
  expect(broken.stderr).toContain("no.jpg: not a photo");
  expect((await runKindling(["fuse", short, "-o", join(folder, "x.png")])).stderr).toContain("two or more exposures");
});
