import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { pathOfBytes } from "./raw-path.ts";
import { commitFile, discardFile, removeAbandonedFiles, stageFile } from "./write-file.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-write-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test.each([
  ["244 bytes in 80 characters", `${"夜".repeat(80)}.jpg`],
  ["255 bytes", `${"é".repeat(125)}x.jpg`],
  ["bytes that are not UTF-8", pathOfBytes(Buffer.concat([Buffer.alloc(240, 0xff), Buffer.from(".jpg")]))],
  ["characters of four bytes", `${"🌃".repeat(60)}.jpg`],
])("a name of %s is written, by way of one that every disk takes", async (_what, name) => {
  const staged = await stageFile(join(folder, name), Uint8Array.of(1, 2));
  const [partial = Buffer.alloc(0)] = readdirSync(folder, { encoding: "buffer" });
  expect(partial.length).toBeLessThanOrEqual(143);
  // Cut between characters: a part of one would be another name to every reader.
  expect(pathOfBytes(partial).startsWith(`.${name.slice(0, 8)}`)).toBe(true);
  await removeAbandonedFiles(folder);
  await commitFile(staged);
  expect(readdirSync(folder, { encoding: "buffer" }).map(pathOfBytes)).toEqual([name]);
});

test("a staged file that is discarded leaves nothing", async () => {
  await discardFile(await stageFile(join(folder, "a", "b.jpg"), Uint8Array.of(1)));
  expect(readdirSync(join(folder, "a"))).toEqual([]);
});

test("a name that is too long for the disk says so and leaves nothing", async () => {
  const writing = stageFile(join(folder, "a".repeat(300)), Uint8Array.of(1)).then(commitFile);
  await expect(writing).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringMatching(/name is too long/),
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("an older file is replaced in one step", async () => {
  const path = join(folder, "a.txt");
  for (const byte of [1, 2]) await commitFile(await stageFile(path, Uint8Array.of(byte)));
  expect([...readFileSync(path)]).toEqual([2]);
});
