import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto, writePhoto } from "@kindling/node";
import { findPairs } from "@kindling/node/lab";
import { readTable } from "@kindling/node/lab/internal";
import { describe, expect, test } from "vitest";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

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

  const again = await runKindlingHere(["fuse", short, long, "-o", out]);
  expect(again.status).not.toBe(0);
  expect(again.stderr).toContain("there is such a file");
  expect((await runKindlingHere(["fuse", short, long, "-o", out, "--overwrite"])).status).toBe(0);
});

test("names what it cannot fuse", async () => {
  const folder = scratchFolder();
  const [short] = await bracket(folder);
  const other = join(folder, "other.png");
  const picture = { width: 10, height: 10, channels: 3 as const, samples: new Float32Array(300) };
  await writePhoto({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, other);
  const unequal = await runKindlingHere(["fuse", short, other, "-o", join(folder, "x.png")]);
  expect(unequal.stderr).toMatch(/other\.png is 10 x 10 pixels, but .*short\.png is 96 x 48/);
  const grey = join(folder, "grey.png");
  const plane = { width: 96, height: 48, channels: 1 as const, samples: new Float32Array(96 * 48) };
  await writePhoto({ picture: plane, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, grey);
  const mixed = await runKindlingHere(["fuse", short, grey, "-o", join(folder, "x.png")]);
  expect(mixed.stderr).toMatch(/grey\.png is grey, but .*short\.png is in colour\. Convert one of them/);
  writeFileSync(join(folder, "no.jpg"), "no photo");
  const broken = await runKindlingHere(["fuse", short, join(folder, "no.jpg"), "-o", join(folder, "x.png")]);
  expect(broken.stderr).toContain("no.jpg: not a photo");
  expect((await runKindlingHere(["fuse", short, "-o", join(folder, "x.png")])).stderr).toContain(
    "two or more exposures",
  );
});

describe("kindling fuse --scenes", () => {
  /** Two scenes of three and four exposures, a stray photo, and a table that puts the second scene into `val`. */
  async function folderOfBrackets() {
    const folder = scratchFolder();
    const images = join(folder, "images");
    mkdirSync(images);
    const expose = async (name: string, scene: number, gain: number) => {
      const samples = Float32Array.from({ length: 96 * 64 * 3 }, (_, i) => {
        const [x, y] = [Math.floor(i / 3) % 96, Math.floor(i / 3 / 96)];
        const patch = Math.abs(
          Math.sin((Math.floor(x / 6) * 12.9898 + Math.floor(y / 6) * 78.233 + scene) * 43758.5453),
        );
        return Math.min(0.01 * 100 ** (patch % 1) * gain, 1) ** 0.45;
      });
      const picture = { width: 96, height: 64, channels: 3 as const, samples };
      await writePhoto(
        { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] },
        join(images, name),
      );
    };
    for (const [k, gain] of [0.1, 1, 8].entries()) await expose(`${k + 1}.png`, 1, gain);
    for (const [k, gain] of [0.05, 0.3, 1.5, 8].entries()) await expose(`${k + 4}.png`, 2, gain);
    await expose("9.png", 3, 1);
    writeFileSync(join(folder, "pairs.csv"), "low,normal,split\n1.png,2.png,train\n5.png,6.png,val\n");
    return { images, out: join(folder, "pairs") };
  }

  test("finds the scenes, fuses each, keeps known splits, and names photos without a scene", async () => {
    const { images, out } = await folderOfBrackets();
    const { status, stdout, stderr } = await runKindlingHere(["fuse", "--scenes", images, "-o", out]);
    expect(stdout).toContain("2 fused");
    expect(stderr).toMatch(/9\.png: its edges agree with too few photos of the folder: a scene of 1, expected 3/);
    expect(status).toBe(1);
    expect(readdirSync(join(out, "normal")).sort()).toEqual(["1.png", "4.png"]);
    const rows = await readTable(join(out, "pairs.csv"), [
      "low",
      "normal",
      "scene",
      "split",
      "low_luma",
      "normal_luma",
    ]);
    expect(rows.map(({ low, scene, split }) => `${low} ${scene} ${split}`)).toEqual([
      ...[1, 2, 3].map((k) => `low/${k}.png 1 train`),
      ...[4, 5, 6, 7].map((k) => `low/${k}.png 4 val`),
    ]);
    expect((await findPairs(out, "val")).pairs).toHaveLength(4);
    expect(readFileSync(join(out, "low/5.png"))).toEqual(readFileSync(join(images, "5.png")));
    const { picture } = await readPhoto(join(out, "normal/1.png"));
    const mean = picture.samples.reduce((sum, sample) => sum + sample, 0) / picture.samples.length;
    const { low_luma: low, normal_luma: normal } = rows[0] ?? {};
    expect(Number(normal)).toBeCloseTo(255 * mean, 0);
    expect(Number(low)).toBeLessThan(255 * mean);
  });

  test("goes on where it stopped, and leaves out frames brighter than the fused picture if asked", async () => {
    const { images, out } = await folderOfBrackets();
    await runKindlingHere(["fuse", "--scenes", images, "-o", out]);
    rmSync(join(out, "normal/4.png"));
    rmSync(join(out, "pairs.csv"));
    const again = await runKindlingHere(["fuse", "--scenes", images, "-o", out, "--skip-brighter", "--json"]);
    expect(jsonLines(again.stdout).filter(({ event }) => event === "fused")).toHaveLength(1);
    const rows = await readTable(join(out, "pairs.csv"), ["low"]);
    expect(rows.map(({ low }) => low)).not.toContain("low/3.png");
    expect(rows.map(({ low }) => low)).toContain("low/1.png");
    for (const { low_luma: low, normal_luma: normal } of rows) expect(Number(low)).toBeLessThan(1.11 * Number(normal));
  });

  test("replaces no table of somebody else, and takes no options of single photos", async () => {
    const { images, out } = await folderOfBrackets();
    mkdirSync(out);
    writeFileSync(join(out, "pairs.csv"), "low,normal\nmine,yours\n");
    const words = ["fuse", "--scenes", images, "-o", out];
    expect((await runKindlingHere(words)).stderr).toMatch(
      /pairs\.csv is there already and was not made by this command/,
    );
    expect((await runKindlingHere([...words, "a.jpg"])).stderr).toContain("expected no photos beside it; got a.jpg");
    expect((await runKindlingHere([...words, "-f", "jpeg"])).stderr).toContain(
      "--format jpeg: with --scenes pictures are lossless",
    );
  });
});
