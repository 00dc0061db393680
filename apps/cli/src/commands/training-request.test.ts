import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readTrainingRequest } from "./training-request.ts";

/** Reads a training of a file of settings and of typed options. */
async function read(text: string, flags: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "run.yaml");
  writeFileSync(config, text);
  const request = await readTrainingRequest({
    network: undefined,
    flags,
    config,
    resume: undefined,
    extend: undefined,
  });
  return request.options;
}

test("settings are read from a file, those of runs that call them loss too", async () => {
  expect((await read("network: kind\nset: { envelope: 3, tone: root }", {})).set).toEqual({
    envelope: 3,
    tone: "root",
  });
  expect((await read("network: kind\nloss: { envelope: 3 }", {})).set).toEqual({ envelope: 3 });
  expect((await read("network: msr-net\nset: { v: [1, 10] }", {})).set).toEqual({ v: [1, 10] });
});

test("settings are typed as numbers, lists and choices, in place of those of the file", async () => {
  const options = await read("network: msr-net\nset: { K: 3 }", { set: ["v=1:10:100", "lambda=1e-5", "tone=root"] });
  expect(options.set).toEqual({ v: [1, 10, 100], lambda: 1e-5, tone: "root" });
  await expect(read("network: msr-net", { set: ["K"] })).rejects.toThrow(/--set: expected name=value.*got K/);
});

test("a preset that is typed takes the place of the settings in a file", async () => {
  const options = await read("network: kind\nset: { envelope: 3 }", { preset: "paper" });
  expect(options).toMatchObject({ preset: "paper" });
  expect(options.set).toBeUndefined();
  expect((await read("network: kind\npreset: paper\nset: { lit: 2 }", {})).set).toEqual({ lit: 2 });
});
