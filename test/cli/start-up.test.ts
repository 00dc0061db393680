import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { imports } from "../support/imports.ts";
import { recordModules } from "../support/record-modules.ts";
import { scratchFolder } from "../support/run-kindling.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const laboratory = /^packages\/(nets|lab|node\/dist\/lab|systems\/dist\/(systems|index)\.js)/;
/** Only commands of a fleet load it, and with it BullMQ and the AWS SDK. */
const fleet = /^apps\/worker\//;

test("the help of the program loads no command", async () => {
  const { stdout, modules } = await recordModules(["--help"]);
  expect(stdout).toMatch(/enhance .*\n.*maps .*[\s\S]*train /);
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
