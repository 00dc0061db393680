import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asksForFastest } from "@kindling/core/internal";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { writeModel } from "../lab/models/write-model.ts";
import { chooseWeights } from "./fastest-weights.ts";
import type { AnalysisTimes } from "./kept-measurement.ts";
import { type ChooserPorts, createWeightsChooser } from "./weights-chooser.ts";

const card = { title: "Ember", about: "For tests.", licence: "none", trainedOn: ["nothing"], parameters: 5 };
const machine = { processor: "Test", instructions: "aa", platform: "linux x64", runtime: "1.30.0" };
const partOf = (...bytes: number[]) => ({ whole: { bytes: Uint8Array.of(...bytes) } });
const quicker = { "ember.free": 100, "ember.int8": 89 };
const slower = { "ember.free": 100, "ember.int8": 91 };

let models = "";
let cache = "";

beforeEach(async () => {
  models = mkdtempSync(join(tmpdir(), "kindling-fastest-"));
  cache = join(models, "cache", "kindling");
  onTestFinished(() => rmSync(models, { recursive: true, force: true }));
  await writeModel(models, { network: "ember", tag: "free", ...card }, partOf(1));
  await writeModel(models, { network: "ember", tag: "int8", ...card }, partOf(2));
});

/** A chooser as a process of its own has, and the names of what it measured. */
function newProcess(ms: AnalysisTimes | undefined, ports: Partial<ChooserPorts> = {}) {
  const measured: string[] = [];
  const choose = createWeightsChooser({
    measure: async ({ methods }) => {
      measured.push(methods.join(" "));
      return ms;
    },
    machine: async () => machine,
    folder: () => cache,
    hasGpu: () => false,
    ...ports,
  });
  return { choose: (method = "ember.fastest", options = {}) => choose(method, { models, ...options }), measured };
}

test("integers run where they take less than nine tenths of the time of floats, else the default weights", async () => {
  expect(await newProcess(quicker).choose()).toBe("ember.int8");
  rmSync(cache, { recursive: true });
  expect(await newProcess(slower).choose()).toBe("ember.free");
});

test("a measurement is kept for later processes", async () => {
  const first = newProcess(quicker);
  await first.choose();
  const later = newProcess(slower);
  expect(await later.choose()).toBe("ember.int8");
  expect([first.measured, later.measured]).toEqual([["ember.free ember.int8"], []]);
  const [name = ""] = readdirSync(cache);
  expect(JSON.parse(readFileSync(join(cache, name), "utf8"))).toMatchObject({ format: 1, key: machine, ms: quicker });
});

test("other names stay as they are, and are not even looked up", async () => {
  const names = ["ember", "ember.free", "ember.int8", "ember+bm3d", "lime", "nonsense", "kind", "fastest"];
  expect(await Promise.all(names.map((name) => chooseWeights(name, { models: "nowhere" })))).toEqual(names);
  await expect(chooseWeights("ember.fastest", { models: "nowhere" })).rejects.toMatchObject({ code: "not-found" });
});

test("what follows a method still follows the weights that were chosen", async () => {
  expect(await newProcess(quicker).choose("ember.fastest+bm3d")).toBe("ember.int8+bm3d");
  expect(["ember.fastest+bm3d", "ember.fastest", "ember.free", "ember"].map(asksForFastest)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ["no JSON", "{"],
  ["nothing", ""],
  ["another format", JSON.stringify({ format: 2, key: {}, ms: quicker })],
  ["another key", JSON.stringify({ format: 1, key: { processor: "Other" }, ms: quicker })],
  ["no times", JSON.stringify({ format: 1, ms: {} })],
])("a kept file that holds %s is measured anew and replaced", async (_, content) => {
  await newProcess(quicker).choose();
  const [name = ""] = readdirSync(cache);
  writeFileSync(join(cache, name), content);
  const { choose, measured } = newProcess(slower);
  expect(await choose()).toBe("ember.free");
  expect(measured).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(cache, name), "utf8")).ms).toEqual(slower);
});

test("another machine, runtime or other weights are measured by themselves", async () => {
  await newProcess(quicker).choose();
  for (const change of [
    { processor: "Other" },
    { instructions: "bb" },
    { platform: "linux arm64" },
    { runtime: "2" },
  ]) {
    const { choose, measured } = newProcess(slower, { machine: async () => ({ ...machine, ...change }) });
    expect([await choose(), measured.length]).toEqual(["ember.free", 1]);
  }
  await writeModel(models, { network: "ember", tag: "free", ...card }, partOf(3));
  const { choose, measured } = newProcess(slower);
  expect([await choose(), measured.length]).toEqual(["ember.free", 1]);
  expect(readdirSync(cache)).toHaveLength(6);
});

test("where nothing can be kept, a process measures once", async () => {
  writeFileSync(join(models, "cache"), "a file where the folder should be");
  const { choose, measured } = newProcess(quicker);
  expect(await Promise.all([choose(), choose()])).toEqual(["ember.int8", "ember.int8"]);
  expect(await choose()).toBe("ember.int8");
  expect(measured).toHaveLength(1);
  const homeless = newProcess(quicker, { folder: () => undefined });
  expect([await homeless.choose(), await homeless.choose(), homeless.measured.length]).toEqual([
    "ember.int8",
    "ember.int8",
    1,
  ]);
});

test("of two processes at the same time, the later one goes by what the first one kept", async () => {
  const first = newProcess(quicker);
  const second = newProcess(undefined, {
    measure: async () => {
      await first.choose();
      return slower;
    },
  });
  expect(await second.choose()).toBe("ember.int8");
  const many = Array.from({ length: 8 }, () => newProcess(quicker).choose("ember.fastest", { anew: true }));
  expect(new Set(await Promise.all(many))).toEqual(new Set(["ember.int8"]));
  expect(readdirSync(cache)).toHaveLength(1);
});

test("a measurement that fails leaves the default weights and is tried again", async () => {
  const { choose, measured } = newProcess(undefined);
  expect([await choose(), await choose(), measured.length]).toEqual(["ember.free", "ember.free", 2]);
  expect(await newProcess(quicker).choose()).toBe("ember.int8");
});

test("to measure anew replaces what was kept", async () => {
  const { choose } = newProcess(quicker);
  expect(await choose()).toBe("ember.int8");
  expect(await newProcess(slower).choose("ember.fastest", { anew: true })).toBe("ember.free");
  expect(await newProcess(quicker).choose()).toBe("ember.free");
});

test("a graphics card gets the default weights without a measurement", async () => {
  const { choose, measured } = newProcess(quicker, { hasGpu: () => true });
  expect([await choose(), await choose("ember.fastest", { device: "webgpu" })]).toEqual(["ember.free", "ember.free"]);
  expect(measured).toEqual([]);
  expect(await choose("ember.fastest", { device: "cpu" })).toBe("ember.int8");
});

test("only integers of the same training stand for the default weights", async () => {
  await writeModel(models, { network: "ember", tag: "int8", ...card, trainedOn: ["else"] }, partOf(2));
  const { choose, measured } = newProcess(quicker);
  expect([await choose(), measured]).toEqual(["ember.free", []]);
  await writeModel(models, { network: "kind", tag: "free", ...card }, partOf(2));
  expect([await choose("kind.fastest"), measured]).toEqual(["kind.free", []]);
});

test("a network without weights and an unknown method are errors, and weights of that name are meant", async () => {
  const { choose } = newProcess(quicker);
  await expect(choose("gladnet.fastest")).rejects.toMatchObject({ code: "not-found" });
  await expect(choose("nonsense.fastest")).rejects.toMatchObject({ code: "invalid-option" });
  await writeModel(models, { network: "ember", tag: "fastest", ...card }, partOf(4));
  expect(await choose()).toBe("ember.fastest");
});
