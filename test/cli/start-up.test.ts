import { readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { imports } from "../support/imports.ts";
import { recordModules } from "../support/record-modules.ts";
import { scratchFolder } from "../support/run-kindling.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const laboratory = /^packages\/(nets|lab|node\/dist\/lab|systems\/dist\/(systems|index)\.js)/;
/** Only commands of a fleet load it, and with it BullMQ and the AWS SDK. */
const fleet = /^apps\/worker\//;

/** What the work on photos needs, and nothing else. */
const heavy = ["sharp", "onnxruntime-node", "piscina", "libraw-wasm", "libheif-js", "@jsquash/jxl", "cli-progress"];
/** Most files that the enhancement of one photo may load: some 20 of the bundle, the others sharp's and ONNX Runtime's. */
const mostFiles = 150;

test("the command runs from the bundle", async () => {
  // It does not where tsc has built since: npm run compile.
  expect((await recordModules(["--version"])).isBundled).toBe(true);
});

test("the help of the program loads no command", async () => {
  const { stdout, modules, packages } = await recordModules(["--help"]);
  expect(stdout).toMatch(/enhance .*\n.*maps .*[\s\S]*train /);
  expect(packages).toEqual(["commander"]);
  expect(modules.sort()).toEqual([
    "apps/cli/bin/kindling.js",
    "apps/cli/dist/commands/command-list.js",
    "apps/cli/dist/describe-failure.js",
    "apps/cli/dist/main.js",
  ]);
});

test("enhance loads no laboratory, its help neither, and train does", async () => {
  const folder = scratchFolder();
  const photo = join(folder, "dark.png");
  await writeDarkPhoto(photo);
  const enhanced = await recordModules(["enhance", photo, "-o", join(folder, "lit.png")]);
  expect(enhanced).toMatchObject({ status: 0, stderr: "" });
  expect(enhanced.modules).toContain("packages/node/dist/batch/run-batch.js");
  expect(enhanced.modules.filter((file) => laboratory.test(file) || fleet.test(file))).toEqual([]);
  const { stdout, modules } = await recordModules(["enhance", "--help"]);
  expect(stdout).toContain("--keep-highlights");
  expect(modules.filter((file) => laboratory.test(file))).toEqual([]);
  expect((await recordModules(["train", "--help"])).modules.filter((file) => laboratory.test(file))).not.toEqual([]);
});

test("the help of enhance loads neither libvips, ONNX Runtime nor the pool of threads", async () => {
  const { packages, modules, locales } = await recordModules(["enhance", "--help"]);
  expect(packages).toContain("zod");
  expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
  // Of zod's some fifty languages the bundle has English alone.
  expect(locales).toBeLessThanOrEqual(1);
  expect(modules).not.toContain("packages/node/dist/batch/enhance-worker.js");
});

test("one photo is enhanced on the main thread, with no more files than a start may cost", async () => {
  const folder = scratchFolder();
  const photo = join(folder, "dark.jpg");
  await writeDarkPhoto(photo);
  const enhance = (...words: string[]) => recordModules(["enhance", ...words, "-o", join(folder, "lit")]);
  const one = await enhance(photo);
  expect(one).toMatchObject({ status: 0, stderr: "" });
  expect(one.modules).toContain("packages/node/dist/batch/enhance-worker.js");
  expect(one.packages).toEqual(expect.arrayContaining(["sharp", "onnxruntime-node"]));
  expect(one.packages).not.toContain("piscina");
  expect(one.packages).not.toContain("cli-progress");
  // Each costs half a millisecond of processor time and more: npm run bench -- --only start.
  expect(one.count).toBeLessThan(mostFiles);
  const few = await enhance(photo, await copyOf(photo), "-j", "2", "--suffix", "-few");
  expect(few).toMatchObject({ status: 0, stderr: "" });
  expect(few.packages).not.toContain("piscina");
  const large = join(folder, "large.jpg");
  await sharp({ create: { width: 1000, height: 600, channels: 3, background: "#102030" } }).toFile(large);
  expect((await enhance(large)).packages).not.toContain("piscina");
  const classical = await enhance(photo, "-m", "lime", "--suffix", "-lime");
  expect(classical).toMatchObject({ status: 0, stderr: "" });
  expect(classical.packages).not.toContain("onnxruntime-node");
});

async function copyOf(photo: string): Promise<string> {
  const copy = photo.replace(".jpg", "-2.jpg");
  await copyFile(photo, copy);
  return copy;
}

test.each([
  ["several photos by a formula", { width: 40, height: 30 }, ["one.jpg", "two.jpg"], ["-m", "lime"]],
  [
    "more than a few by a network",
    { width: 40, height: 30 },
    Array.from({ length: 17 }, (_, i) => `${i}.jpg`),
    ["-j", "2"],
  ],
  ["a large photo by a formula", { width: 1000, height: 600 }, ["one.jpg"], ["-m", "lime"]],
  ["large photos by a network", { width: 1000, height: 600 }, ["one.jpg", "two.jpg"], ["-j", "2"]],
  ["a slow method", { width: 40, height: 30 }, ["one.jpg"], ["-m", "jed"]],
  ["a network whose run is one long step", { width: 40, height: 30 }, ["one.jpg"], ["-m", "zero-dce"]],
])("%s: worker threads do it, so that Ctrl-C is heard", async (_, size, names, words) => {
  const folder = scratchFolder();
  const photos = names.map((name) => join(folder, name));
  for (const photo of photos) await sharp({ create: { ...size, channels: 3, background: "#102030" } }).toFile(photo);
  const { status, packages } = await recordModules(["enhance", ...photos, "-o", join(folder, "lit"), ...words]);
  expect(status).toBe(0);
  expect(packages).toContain("piscina");
});

test("commands of a fleet load it, and the AWS SDK only where photos are in buckets", async () => {
  const { modules } = await recordModules(["submit", "photos", "-o", "lit", "--queue", "redis://127.0.0.1:1"]);
  expect(modules).toContain("apps/worker/dist/submit/submit-photos.js");
  const starters = imports.filter(({ file, of }) => file.startsWith("apps/worker/src/") && of.startsWith("@aws-sdk/"));
  expect([...new Set(starters.map(({ file }) => file))]).toEqual(["apps/worker/src/places/bucket.ts"]);
  const text = readFileSync(join(root, "apps/worker/src/places/bucket.ts"), "utf8");
  expect(text.match(/import .*from "@aws-sdk\/client-s3"/g)).toEqual([
    'import type { S3Client } from "@aws-sdk/client-s3"',
  ]);
});
