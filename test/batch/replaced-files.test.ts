import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { scratchFolder } from "../support/run-kindling.ts";
import { writeDng } from "../support/write-dng.ts";

test("a raw at a result's place stays, even with overwriting and under another format's name", async () => {
  const folder = scratchFolder();
  writeStandIns(folder, "photo.jpg");
  const raw = await writeDng("examples/references/still-life.jpg");
  const target = join(folder, "night.jpg");
  writeFileSync(target, raw);
  const { failures } = await copyBatch([join(folder, "photo.jpg")], target, { overwrite: true });
  expect(failures).toEqual([{ code: "exists", message: expect.stringMatching(/night\.jpg is a camera's raw/) }]);
  expect(readFileSync(target).equals(raw)).toBe(true);
});

test("in a folder of photos, a camera's JPEG beside its raw stays where the raw alone is named", async () => {
  const folder = scratchFolder();
  writeStandIns(folder, "night.dng", "night.jpg");
  const { failures } = await copyBatch([join(folder, "*.dng")], folder, { overwrite: true });
  expect(failures).toEqual([{ code: "exists", message: expect.stringMatching(/night\.jpg, which lies beside it/) }]);
  expect(readFileSync(join(folder, "night.jpg"), "utf8")).toBe("night.jpg");
  expect((await copyBatch([join(folder, "*.dng")], folder, { suffix: "-lit" })).outputs).toHaveLength(1);
});

test("the result of another photo of that name stays without overwriting; that of a photo that has moved is made anew", async () => {
  const folder = scratchFolder();
  const out = join(folder, "out");
  writeStandIns(folder, "one/a.jpg", "two/a.jpg");
  await copyBatch([join(folder, "one")], out);
  const { failures } = await copyBatch([join(folder, "two")], out);
  expect(failures).toEqual([{ code: "exists", message: expect.stringMatching(/is the result of another photo/) }]);
  expect(readFileSync(join(out, "a.jpg"), "utf8")).toBe("one/a.jpg+");

  writeStandIns(join(folder, "moved"), "a.jpg");
  writeFileSync(join(folder, "moved/a.jpg"), "one/a.jpg");
  expect((await copyBatch([join(folder, "moved")], out, { mark: "-" })).failures).toEqual([]);
  expect(readFileSync(join(out, "a.jpg"), "utf8")).toBe("one/a.jpg-");
});
