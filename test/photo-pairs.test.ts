import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KindlingError } from "@kindling/node";
import { findPairs, listPhotos } from "@kindling/node/lab";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "./support/dark-photo.ts";
import { scratchFolder } from "./support/run-kindling.ts";
import { hasShared, sharedPath } from "./support/shared.ts";

async function folderWith(...paths: readonly string[]): Promise<string> {
  const folder = scratchFolder();
  for (const path of paths) await writeDarkPhoto(join(folder, path));
  return folder;
}

async function errorOf(promise: Promise<unknown>): Promise<KindlingError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(KindlingError);
  return error;
}

describe.each(["normal", "high", "Normal"])("two folders, low and %s,", (name) => {
  test("are matched by name, endings aside, sorted as people count", async () => {
    const folder = await folderWith("low/10.jpg", "low/2.png", `${name}/2.jpg`, `${name}/10.jpg`);
    expect((await findPairs(folder)).pairs).toEqual([
      { name: "2", low: join(folder, "low/2.png"), normal: join(folder, name, "2.jpg") },
      { name: "10", low: join(folder, "low/10.jpg"), normal: join(folder, name, "10.jpg") },
    ]);
  });
});

test("names that begin with low and normal, as in LOL v2, are matched by the rest", async () => {
  const folder = await folderWith("Low/low00690.png", "Normal/normal00690.png");
  expect((await findPairs(folder)).pairs).toMatchObject([
    { name: "low00690", normal: join(folder, "Normal/normal00690.png") },
  ]);
});

test("a split.csv divides the pairs, and a split that nothing belongs to is refused", async () => {
  const folder = await folderWith("low/a.png", "low/b.png", "normal/a.png", "normal/b.png");
  writeFileSync(join(folder, "split.csv"), "id,split\na,train\nb,val\n");
  expect((await findPairs(folder, "val")).pairs.map(({ name }) => name)).toEqual(["b"]);
  expect((await errorOf(findPairs(folder, "test"))).message).toMatch(/no pairs of the split test/);
});

test("pairs that nothing divides are all there to train on", async () => {
  const folder = await folderWith("low/a.png", "normal/a.png");
  const table = join(await folderWith("1.png", "2.png"), "pairs.csv");
  writeFileSync(table, "low,normal\n1.png,2.png\n");
  for (const source of [folder, table]) {
    expect((await findPairs(source, "train")).pairs).toHaveLength(1);
    expect((await errorOf(findPairs(source, "val"))).message).toMatch(/no pairs of the split val/);
  }
});

test("a CSV names paths from where it lies or from images beside it", async () => {
  const folder = await folderWith("images/1.png", "other/2.png");
  writeFileSync(join(folder, "pairs.csv"), '﻿normal,low,split\r\n"other/2.png",1.png,train\r\n\r\n');
  const pair = { name: "1", low: join(folder, "images/1.png"), normal: join(folder, "other/2.png"), split: "train" };
  expect((await findPairs(folder)).pairs).toEqual([pair]);
  expect((await findPairs(join(folder, "pairs.csv"))).pairs).toEqual([pair]);
});

test("every missing partner and file is named, and the other pairs are found", async () => {
  const folder = await folderWith("low/a.png", "low/b.png", "normal/b.png", "normal/c.png");
  const { pairs, failures } = await findPairs(folder);
  expect(pairs.map(({ name }) => name)).toEqual(["b"]);
  expect(failures.map(({ file }) => file)).toEqual(["low/a.png", "normal/c.png"].map((name) => join(folder, name)));
  expect(failures[0]?.error.message).toMatch(/low\/a\.png: it has no partner of that name in .*normal/);

  writeFileSync(join(folder, "pairs.csv"), "low,normal\nlow/a.png,normal/zero.png\n,normal/b.png\n");
  const told = (await findPairs(folder)).failures.map(({ error }) => error.message).join("\n");
  expect(told).toMatch(/zero\.png: row 1 .*no such file.*row 2 .*names nothing/s);
});

test("what is wrong in another split is not told", async () => {
  const folder = await folderWith("low/a.png", "low/b.png", "normal/a.png");
  writeFileSync(join(folder, "split.csv"), "id,split\na,train\nb,val\n");
  expect((await findPairs(folder, "train")).failures).toEqual([]);
  expect((await findPairs(folder, "val")).failures).toHaveLength(1);
});

test.each([
  ["an empty folder", "", /no pairs of photos.*low\/ and normal\//],
  ["a folder that is not there", "nowhere", /no such file/],
  ["empty low and normal folders", "empty", /no photos in this folder/],
  ["a file that is no CSV", "photo.png", /neither a folder nor a CSV/],
  ["a CSV without the columns", "wrong.csv", /no column low or normal.*dark, bright/s],
  ["a CSV of no rows", "bare.csv", /no pairs/],
  ["a CSV with a row cut short", "short.csv", /line 2/],
])("%s is refused by name", async (_, name, message) => {
  const folder = await folderWith("photo.png");
  for (const side of ["low", "normal"]) mkdirSync(join(folder, "empty", side), { recursive: true });
  writeFileSync(join(folder, "wrong.csv"), "dark,bright\na,b\n");
  writeFileSync(join(folder, "bare.csv"), "low,normal\n");
  writeFileSync(join(folder, "short.csv"), "low,normal\na.png\n");
  if (name === "") rmSync(join(folder, "empty"), { recursive: true });
  const error = await errorOf(findPairs(join(folder, name)));
  expect(error.message).toContain(join(folder, name));
  expect(error.message).toMatch(message);
});

test("two photos of one name in a folder are named, not chosen between", async () => {
  const folder = await folderWith("low/a.png", "low/a.jpg", "normal/a.png");
  const [failure] = (await findPairs(folder)).failures;
  expect(failure?.error.message).toMatch(/a\.png: .*a\.jpg has the same name/);
});

test("photos are listed with those of folders below, hidden ones left out", async () => {
  const folder = await folderWith("b.png", "a/10.jpg", "a/9.jpg", ".hidden/c.png");
  writeFileSync(join(folder, "notes.txt"), "");
  writeFileSync(join(folder, ".d.png"), "");
  expect(await listPhotos(folder)).toEqual(["a/9.jpg", "a/10.jpg", "b.png"].map((name) => join(folder, name)));
});

describe.skipIf(!hasShared)("the shared sets (../shared)", () => {
  test.each([
    ["night-pairs", "train", 52],
    ["night-pairs", "val", 10],
    ["brackets", "train", 363],
    ["brackets", "val", 50],
  ])("%s has its pairs of the split %s", async (name, split, count) => {
    expect((await findPairs(sharedPath("data", name), split)).pairs).toHaveLength(count);
  });
});
