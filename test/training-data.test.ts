import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crop, darkenedCrop, dihedrals, whole } from "@kindling/lab";
import type { DataPlan } from "@kindling/lab/internal";
import { KindlingError, type ModelTensors, readPhoto, writePhoto } from "@kindling/node";
import { type NodeBatchOptions, openBatches } from "@kindling/node/lab/internal";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "./support/dark-photo.ts";
import { scratchFolder } from "./support/run-kindling.ts";
import { hasShared, sharedPath } from "./support/shared.ts";

const draw = { seed: 5, batchSize: 3, cropPx: 16, augmentations: dihedrals };
const contents = { feeds: { low: crop("dark"), high: crop("bright") }, stretch: false };
const unpairedFeeds = { dark: darkenedCrop(), original: crop("dark"), real: crop("bright") };

function alignedPlan(pairs: string, changes: object = {}): DataPlan {
  return { kind: "aligned", pairs: [pairs], anyTwoExposures: false, ...contents, draw, ...changes };
}

function unpairedPlan(folder: string): DataPlan {
  return {
    kind: "unpaired",
    dark: [join(folder, "dark")],
    normal: [join(folder, "good")],
    pairs: [],
    feeds: unpairedFeeds,
    stretch: false,
    draw,
  };
}

async function open(plan: DataPlan, options?: NodeBatchOptions) {
  const data = await openBatches(plan, options);
  onTestFinished(() => data.close());
  return data;
}

async function folderOfPairs(count = 4, scale = 1): Promise<string> {
  const folder = scratchFolder();
  for (let i = 0; i < count; i++) {
    const size = { width: scale * (40 + i), height: scale * (30 + 2 * i) };
    await writeDarkPhoto(join(folder, `low/${i}.png`), size);
    await writeDarkPhoto(join(folder, `normal/${i}.png`), size);
  }
  return folder;
}

const numbersOf = (batch: ModelTensors) =>
  Object.fromEntries(Object.entries(batch).map(([name, { values }]) => [name, [...values]]));

/** What tells batches apart by their numbers. */
const hashesOf = (batch: ModelTensors) =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { values }]) => [name, createHash("sha256").update(values).digest("hex")]),
  );

describe("batches", () => {
  test("are the same for the same seed and step: from memory, from files, in order, after a jump, in used memory", async () => {
    const folder = await folderOfPairs();
    const fromMemory = await open(alignedPlan(folder));
    const fromFiles = await open(alignedPlan(folder), { budgetBytes: 0, ahead: 1 });
    expect([fromMemory.summary.keptPhotos, fromFiles.summary.keptPhotos]).toEqual([8, 0]);
    const first: object[] = [];
    for (let step = 0; step < 12; step++) {
      const batch = await fromMemory.batch(step);
      first.push(hashesOf(batch));
      fromMemory.recycle(batch);
    }
    expect(new Set(first.map((hashes) => JSON.stringify(hashes))).size).toBe(12);
    for (const step of [7, 8, 2, 11]) expect(hashesOf(await fromFiles.batch(step))).toEqual(first[step]);
    const resumed = await open(alignedPlan(folder));
    expect(hashesOf(await resumed.batch(9))).toEqual(first[9]);
    const otherSeed = await open(alignedPlan(folder, { draw: { ...draw, seed: 6 } }));
    expect(hashesOf(await otherSeed.batch(0))).not.toEqual(first[0]);
  });

  test("hold what the files hold", async () => {
    const folder = await folderOfPairs(1);
    const { batch, summary } = await open(
      alignedPlan(folder, { feeds: { ...contents.feeds, overview: whole("dark", 4, "nearest") } }),
    );
    const { low, high, overview } = (await batch(0)) as Record<string, { shape: number[]; values: Float32Array }>;
    expect(summary).toEqual({ items: 1, photos: 2, keptPhotos: 2, keptBytes: 2 * 40 * 30 * 3 });
    expect([low?.shape, overview?.shape]).toEqual([
      [3, 3, 16, 16],
      [3, 3, 4, 4],
    ]);
    // Both files of the pair hold one picture, so the patches must be one, too.
    expect(low?.values).toEqual(high?.values);
    expect(Math.max(...(low?.values ?? []))).toBeGreaterThan(0.05);
  });

  test("of two unpaired folders need neither equal names nor sizes", async () => {
    const folder = scratchFolder();
    await writeDarkPhoto(join(folder, "dark/x.jpg"), { width: 33, height: 17 });
    for (const name of ["a.png", "b/c.webp"]) await writeDarkPhoto(join(folder, "good", name));
    const plan: DataPlan = unpairedPlan(folder);
    const data = await open(plan);
    expect(data.summary).toMatchObject({ items: 1, photos: 3 });
    expect(Object.keys(await data.batch(0))).toEqual(["dark", "original", "real"]);
  });

  test("of pairs taken apart join the unpaired ones, a bright photo of several pairs once", async () => {
    const folder = scratchFolder();
    for (const name of ["a", "b", "bright", "other"]) await writeDarkPhoto(join(folder, "images", `${name}.png`));
    const table = "low,normal,split\na.png,bright.png,train\nb.png,bright.png,train\nother.png,bright.png,val\n";
    writeFileSync(join(folder, "pairs.csv"), table);
    await writeDarkPhoto(join(folder, "good", "day.png"));
    const plan = { ...unpairedPlan(folder), dark: [], pairs: [folder], split: "train" } as DataPlan;
    expect((await open(plan)).summary).toMatchObject({ items: 2, photos: 4 });
  });

  test("of brackets draw any two exposures of a scene, the darker one as low", async () => {
    const folder = scratchFolder();
    const names = ["bright", "dark", "middle"];
    for (const name of names) await writeDarkPhoto(join(folder, `${name}.png`));
    await darken(join(folder, "dark.png"), 0.25);
    await darken(join(folder, "middle.png"), 0.5);
    writeFileSync(join(folder, "pairs.csv"), "low,normal\ndark.png,bright.png\ndark.png,middle.png\n");
    const data = await open({
      kind: "aligned",
      pairs: [folder],
      anyTwoExposures: true,
      ...contents,
      draw,
    });
    expect(data.summary).toMatchObject({ items: 1, photos: 3 });
    const ratios = new Set<number>();
    for (let step = 0; step < 8; step++) {
      const { low, high } = numbersOf(await data.batch(step));
      for (let item = 0; item < 3; item++) {
        const sum = (values: number[] = []) => values.slice(item * 768, (item + 1) * 768).reduce((a, b) => a + b, 0);
        ratios.add(Math.round(sum(high) / sum(low)));
      }
    }
    expect(ratios).toEqual(new Set([2, 4]));
  });

  test("of several sources hold each one's scenes as often as asked", async () => {
    const folders = [await folderOfPairs(2), await folderOfPairs(2)];
    for (const name of ["0", "1"]) await darken(join(folders[0] ?? "", `normal/${name}.png`), 0);
    const data = await open({
      kind: "aligned",
      pairs: folders,
      repeat: [3, 1],
      anyTwoExposures: false,
      ...contents,
      draw: { ...draw, batchSize: 4 },
    });
    expect(data.summary).toMatchObject({ items: 8 });
    let black = 0;
    for (const step of [0, 1]) {
      const { high = [] } = numbersOf(await data.batch(step));
      const pixels = high.length / 4;
      const peaks = [0, 1, 2, 3].map((item) => Math.max(...high.slice(item * pixels, (item + 1) * pixels)));
      black += peaks.filter((peak) => peak === 0).length;
    }
    expect(black).toBe(6);
  });
});

async function darken(path: string, factor: number): Promise<void> {
  const photo = await readPhoto(path);
  const samples = photo.picture.samples.map((sample) => sample * factor);
  await writePhoto({ ...photo, picture: { ...photo.picture, samples } }, path);
}

describe("bad data", () => {
  async function refusalOf(plan: DataPlan): Promise<KindlingError> {
    const error = await openBatches(plan).then(
      (data) => data.close(),
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(KindlingError);
    return error;
  }

  test("are named all together before training starts", async () => {
    const folder = await folderOfPairs(6);
    rmSync(join(folder, "normal/0.png"));
    await writeDarkPhoto(join(folder, "normal/1.png"), { width: 44, height: 32 });
    writeFileSync(join(folder, "low/2.png"), "no photo");
    writeFileSync(join(folder, "low/3.png"), readFileSync(join(folder, "low/3.png")).subarray(0, -200));
    for (const side of ["low", "normal"]) await writeDarkPhoto(join(folder, side, "4.png"), { width: 1, height: 1 });
    const { message } = await refusalOf(alignedPlan(folder));
    expect(message).toContain("6 problems");
    for (const problem of [
      /low\/0\.png: it has no partner/,
      /low\/1\.png: 41 x 32 pixels, but its partner .*normal\/1\.png has 44 x 32 pixels/,
      /low\/2\.png: not a photo/,
      /low\/3\.png: the file is damaged or cut short/,
      /low\/4\.png: 1 x 1 pixels are too few for a crop of 16 x 16/,
      /normal\/4\.png: 1 x 1 pixels/,
    ]) {
      expect(message).toMatch(problem);
    }
    expect(message).not.toContain("5.png");
  });

  test.each(["dark", "good"])(
    "an empty folder %s of unpaired photos is named with the bad photos of the other",
    async (empty) => {
      const folder = scratchFolder();
      const other = empty === "dark" ? "good" : "dark";
      mkdirSync(join(folder, empty));
      await writeDarkPhoto(join(folder, other, "small.png"), { width: 5, height: 90 });
      const plan: DataPlan = unpairedPlan(folder);
      const { message } = await refusalOf(plan);
      expect(message).toMatch(new RegExp(`${empty}: no photos in this folder`));
      expect(message).toMatch(/small\.png: 5 x 90 pixels are too few/);
    },
  );

  test("an empty folder of pairs is named", async () => {
    expect((await refusalOf(alignedPlan(scratchFolder()))).message).toMatch(/no pairs of photos in this folder/);
  });

  test("a photo that vanishes during training fails its batch by name", async () => {
    const folder = await folderOfPairs(1);
    const data = await open(alignedPlan(folder), { budgetBytes: 0, ahead: 0 });
    await data.batch(0);
    rmSync(join(folder, "low/0.png"));
    await expect(data.batch(1)).rejects.toThrow(/low\/0\.png: there is no such file/);
  });
});

test("checking tells its progress, stops when cancelled, and so do batches", async () => {
  const folder = await folderOfPairs();
  const told: number[] = [];
  const stopping = new AbortController();
  const data = await open(alignedPlan(folder), {
    signal: stopping.signal,
    onProgress: (done, total) => told.push(done / total),
  });
  expect(told).toEqual(Array.from({ length: 8 }, (_, i) => (i + 1) / 8));
  await data.batch(0);
  const wanted = data.batch(100);
  stopping.abort();
  await expect(wanted).rejects.toMatchObject({ code: "cancelled" });
  await expect(data.batch(1)).rejects.toMatchObject({ code: "cancelled" });

  const early = new AbortController();
  const opening = openBatches(alignedPlan(folder), { signal: early.signal, onProgress: () => early.abort() });
  await expect(opening).rejects.toMatchObject({ code: "cancelled" });
});

test("batches are made while the caller blocks its thread", async () => {
  // Large enough that no batch of them could be decoded in the wait below.
  const folder = await folderOfPairs(3, 25);
  const data = await open(alignedPlan(folder), { budgetBytes: 0, ahead: 2 });
  await data.batch(0);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
  // One turn of the event loop delivers what lies ready; nothing needs to be decoded any more.
  const batch = data.batch(1);
  const turn = new Promise((resolve) => setTimeout(resolve, 20, "waited"));
  expect(await Promise.race([batch, turn])).not.toBe("waited");
});

describe.skipIf(!hasShared)("the shared sets (../shared)", () => {
  test("brackets hold 20 scenes to validate with, all of them sound", async () => {
    const pairs = sharedPath("data", "brackets");
    const plan: DataPlan = {
      kind: "aligned",
      pairs: [pairs],
      split: "val",
      anyTwoExposures: true,
      ...contents,
      draw,
    };
    expect((await open(plan)).summary.items).toBe(20);
  });
});
