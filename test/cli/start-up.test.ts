import { join } from "node:path";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { recordModules } from "../support/record-modules.ts";
import { scratchFolder } from "../support/run-kindling.ts";

const laboratory = /^packages\/(nets|lab|node\/dist\/lab|systems\/dist\/(systems|index)\.js)/;

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
  expect(enhanced.modules.filter((file) => laboratory.test(file))).toEqual([]);
  const { stdout, modules } = await recordModules(["enhance", "--help"]);
  expect(stdout).toContain("--keep-highlights");
  expect(modules.filter((file) => laboratory.test(file))).toEqual([]);
  expect((await recordModules(["train", "--help"])).modules.filter((file) => laboratory.test(file))).not.toEqual([]);
});
