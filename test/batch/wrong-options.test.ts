import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EnhanceFilesOptions, enhanceFiles, openPhotoPool } from "@kindling/node";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { scratchFolder } from "../support/run-kindling.ts";

const wrong: readonly (readonly [option: object, reason: string])[] = [
  [{ light: 0 }, "light: expected auto or a number from 0.1 to 128; got 0."],
  [{ light: "bright" }, 'light: expected auto or a number from 0.1 to 128; got "bright".'],
  [{ quality: 0 }, "quality: expected a whole number from 1 to 100; got 0."],
  [{ format: "bmp" }, 'format: expected keep, jpeg, png, webp, avif, tiff; got "bmp".'],
  [{ depth: 12 }, "depth: expected keep, 8, 16; got 12."],
  [{ denoise: 7 }, "denoise: "],
];

const ofBatch = [
  ...wrong,
  [{ jobs: 0 }, "jobs: expected a whole number from 1 to 256; got 0."],
  [{ jobs: -3 }, "jobs: expected a whole number from 1 to 256; got -3."],
  [{ device: "tpu" }, 'device: expected auto, cpu, webgpu; got "tpu".'],
  [{ out: undefined }, "out: expected a folder or a file name; got undefined."],
] as const;

test.each(ofBatch)("a batch with %j is refused before any photo", async (option, reason) => {
  const folder = scratchFolder();
  await writeDarkPhoto(join(folder, "dark.jpg"), { width: 64, height: 48 });
  const out = join(folder, "lit");
  const toFail = () => expect.unreachable("a photo was begun");
  const reporter = { start: toFail, progress: toFail, finish: toFail, fail: toFail, end: toFail };
  const { signal } = new AbortController();
  const options = { out, method: "gamma", reporter, signal, ...option } as EnhanceFilesOptions;
  await expect(enhanceFiles([folder], options)).rejects.toMatchObject({
    code: "invalid-option",
    message: expect.stringContaining(reason),
  });
  expect(readdirSync(folder)).toEqual(["dark.jpg"]);
});

test("a batch needs neither reporter nor signal; its summary counts what failed", async () => {
  const folder = scratchFolder();
  await writeDarkPhoto(join(folder, "dark.jpg"), { width: 64, height: 48 });
  writeFileSync(join(folder, "text.jpg"), "no photo");
  const summary = await enhanceFiles([folder], { out: join(folder, "lit"), method: "gamma" });
  expect(summary).toMatchObject({ finished: 1, failed: 1 });
});

test.each([
  ["dark.jpg", 'inputs: expected a list of files, folders and patterns; got "dark.jpg".'],
  [[undefined], "inputs: expected files, folders and patterns; got undefined."],
])("a batch of %j is refused", async (inputs, message) => {
  const options = { out: scratchFolder(), method: "gamma" } as unknown as EnhanceFilesOptions;
  await expect(enhanceFiles(inputs as never, options)).rejects.toMatchObject({
    code: "invalid-option",
    message,
  });
});

test("a pool refuses them, too", async () => {
  const pool = await openPhotoPool({ workers: 1 });
  try {
    for (const [option, reason] of wrong) {
      // No photo: an option is looked at first.
      await expect(pool.enhance(new Uint8Array(1), { method: "gamma", ...option })).rejects.toMatchObject({
        code: "invalid-option",
        message: expect.stringContaining(reason),
      });
    }
  } finally {
    await pool.close();
  }
});
