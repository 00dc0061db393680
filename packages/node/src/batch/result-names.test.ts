import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { planBatch } from "./batch-plan.ts";

/** The names of the results of photos of these names, by the names of the photos. */
async function resultsOf(names: readonly string[], ...writing: [format?: "keep" | "png", depth?: "keep" | 16]) {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of names) writeFileSync(join(folder, name), "");
  const { photos, failures } = await planBatch([folder], join(folder, "out"), {
    format: writing[0] ?? "keep",
    depth: writing[1] ?? "keep",
  });
  expect(failures).toEqual([]);
  return Object.fromEntries(photos.map(({ input, output }) => [input, output].map((path) => path.split("/").at(-1))));
}

test("photos whose format is not written become JPEG, or TIFF with 16 bits; bitmaps become PNG", async () => {
  const names = ["a.dng", "b.CR3", "c.heic", "d.HIF", "e.jxl", "f.bmp", "g.jpg", "h.webp", "i.gif"];
  const kept = { "f.bmp": "f.png", "g.jpg": "g.jpg", "h.webp": "h.webp", "i.gif": "i.png" };
  expect(await resultsOf(names)).toEqual({
    ...kept,
    "a.dng": "a.jpg",
    "b.CR3": "b.jpg",
    "c.heic": "c.jpg",
    "d.HIF": "d.jpg",
    "e.jxl": "e.jpg",
  });
  expect(await resultsOf(names, "keep", 16)).toMatchObject({ ...kept, "a.dng": "a.tif", "c.heic": "c.tif" });
  expect(await resultsOf(["a.dng"], "png", 16)).toEqual({ "a.dng": "a.png" });
});

test("a raw beside the JPEG of the same shot gets a name of its own, on disks that ignore case too", async () => {
  expect(await resultsOf(["night.CR2", "night.JPG"])).toEqual({
    "night.CR2": "night.CR2.jpg",
    "night.JPG": "night.JPG",
  });
  expect(await resultsOf(["a.dng", "a.heic"])).toEqual({ "a.dng": "a.jpg", "a.heic": "a.heic.jpg" });
});

test("an ending that is not written is refused, not taken for a folder; a folder of that name is one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "a.jpg"), "");
  for (const name of ["bright.gif", "bright.heic", "bright.DNG"]) {
    await expect(planBatch([folder], join(folder, name), { format: "keep" })).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringMatching(/expected the ending of a format Kindling writes \(jpeg, png/),
    });
  }
  mkdirSync(join(folder, "2026.raw"));
  mkdirSync(join(folder, "old.gif"));
  for (const name of ["2026.raw", "old.gif", "results.v2"]) {
    expect((await planBatch([folder], join(folder, name), { format: "keep" })).folder).toBe(join(folder, name));
  }
});

test("the name of a photo is refused for several, unless it is a folder; videos count", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["a.jpg", "b.mp4"]) writeFileSync(join(folder, name), "");
  const out = join(folder, "two.png");
  const writing = { format: "keep", container: "keep" } as const;
  await expect(planBatch([folder], out, writing)).rejects.toMatchObject({
    code: "invalid-option",
    message: `--out ${out}: it names one photo; there are 2 inputs. Name a folder, such as ${join(folder, "two")}.`,
  });
  mkdirSync(out);
  expect((await planBatch([join(folder, "*.*")], out, writing)).folder).toBe(out);
});
