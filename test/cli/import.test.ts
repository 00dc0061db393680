import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeOnnx, encodeOnnx, initialise, writeSafetensors } from "@kindling/nets";
import { openSession } from "@kindling/node";
import { trainOnDisk } from "@kindling/node/lab";
import { findNetwork, findSystem } from "@kindling/systems";
import { describe, expect, test } from "vitest";
import { expectGolden, goldenModelTensors } from "../support/run-graph.ts";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { dataOf, tensorsOf } from "../support/training-run.ts";

function checkpoint(path: string): string {
  return sharedPath("weights", ...path.split("/"));
}

describe.skipIf(!hasShared)("kindling import of a public checkpoint", () => {
  test.each([
    ["kind", ["kind/decomposition"], "kind/decomposition", 235_876],
    ["kind", ["kind/adjustment"], "kind/adjustment", 19_393],
    ["kind-plus", ["kind-plus/decomposition/model.ckpt.index"], "kind/decomposition", 235_876],
    ["kind-plus", ["kind-plus/adjustment/model.ckpt"], "kind/adjustment", 19_393],
    ["retinex-net", ["retinex-net/decomposition"], "retinex-net/decomposition", 207_748],
    ["retinex-net", ["retinex-net-pytorch/decomposition/9200.tar"], "retinex-net-port/decomposition", 207_748],
    ["retinex-net/relight", ["retinex-net-pytorch/relight/9200.tar"], "retinex-net-port/relight", 347_457],
    [
      "retinex-net",
      ["retinex-net-pytorch/decomposition/9200.tar", "retinex-net-pytorch/relight/9200.tar"],
      "retinex-net-port",
      555_205,
    ],
  ])("%s %j gives a model of %s that runs", async (system, paths, network, parameters) => {
    const out = join(scratchFolder(), "model.onnx");
    const words = ["import", system, ...paths.map(checkpoint), "-o", out, "--json"];
    const { status, stdout, stderr } = await runKindling(words);
    expect(stderr).toBe("");
    expect(jsonLines(stdout)).toMatchObject([{ network, parameters, out }]);
    expect(status).toBe(0);

    const session = await openSession(out, { device: "cpu" });
    const channels: Readonly<Record<string, number>> = { image: 3, reflectance: 3, illumination: 1, ratio: 1 };
    const inputs = Object.fromEntries(
      session.inputNames.map((name) => {
        const shape = [1, channels[name] ?? 1, 21, 34];
        const count = shape.reduce((product, side) => product * side, 1);
        return [name, { shape, values: Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 97) / 200) }];
      }),
    );
    for (const { values } of Object.values(await session.run(inputs))) {
      expect(values.every(Number.isFinite)).toBe(true);
      expect(new Set(values).size).toBeGreaterThan(100);
    }
    await session.dispose();
  });

  test("KinD's official decomposition gives the golden layers", async () => {
    const out = join(scratchFolder(), "model.onnx");
    await runKindlingHere(["import", "kind", checkpoint("kind/decomposition"), "-o", out]);
    const golden = goldenModelTensors("kind_forward.safetensors");
    const session = await openSession(out, { device: "cpu" });
    const { reflectance, illumination } = await session.run({ image: golden("a.input_stretched") });
    await session.dispose();
    if (!reflectance || !illumination) throw new Error("the decomposition has two layers");
    expectGolden(reflectance, golden("a.R"), 1e-5);
    expectGolden(illumination, golden("a.L"), 1e-5);
  });

  test("of a network that is not ours names what is missing and what is unexpected, and writes nothing", async () => {
    const out = join(scratchFolder(), "model.onnx");
    const { status, stderr } = await runKindlingHere(["import", "kind", checkpoint("zero-dce/Epoch99.pth"), "-o", out]);
    expect(stderr).toMatch(/Epoch99\.pth: .*18 missing: .*14 unexpected: e_conv1\.weight/);
    expect(() => readFileSync(out)).toThrow(/ENOENT/);
    expect(status).toBe(1);
  });
});

test("weights of our own come in from safetensors and ONNX alike, at half the size as float16", async () => {
  const folder = scratchFolder();
  const graph = findNetwork("msr-net").build();
  const weights = initialise(graph, 3);
  writeFileSync(join(folder, "own.safetensors"), writeSafetensors(weights, "float32"));
  writeFileSync(join(folder, "own.onnx"), encodeOnnx(graph, weights));
  for (const source of ["own.safetensors", "own.onnx"]) {
    const [whole, half] = [join(folder, "whole.onnx"), join(folder, "half.onnx")];
    expect((await runKindlingHere(["import", "msr-net", join(folder, source), "-o", whole])).status).toBe(0);
    expect(decodeOnnx(readFileSync(whole), "whole").weights).toEqual(weights);
    await runKindlingHere(["import", "msr-net", join(folder, source), "-o", half, "--precision", "float16"]);
    expect(readFileSync(half).length).toBeLessThan(0.6 * readFileSync(whole).length);
  }
});

test("what kindling train left is imported by its averages, from the run's folder or its checkpoint", async () => {
  const data = await dataOf(["a", "b"]);
  const [run, out] = [join(data, "..", "run"), join(data, "..", "model.onnx")];
  const training = { pairs: [data], out: run, steps: 2, batch: 1, crop: 16, threads: 1, average: 0.9 };
  await trainOnDisk({ system: findSystem("msr-net"), ...training });
  for (const source of [run, join(run, "checkpoint.safetensors")]) {
    const { status, stdout, stderr } = await runKindlingHere(["import", "msr-net", source, "-o", out, "--json"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(jsonLines(stdout)).toMatchObject([{ network: "msr-net", parameters: 86_386 }]);
    const { weights } = decodeOnnx(readFileSync(out), "model");
    for (const [path, { values }] of weights) expect(values).toEqual(tensorsOf(run).get(`average/${path}`)!.values);
  }
});

test.each([
  [["import", "kind"], 2, /missing required argument/],
  [["import", "kind", "gone"], 2, /--out: expected the path/],
  [["import", "kind", "gone", "-o", "m.onnx"], 1, /gone: there is no checkpoint/],
  [["import", "magic", "README.md", "-o", "m.onnx"], 1, /README\.md: in no supported format/],
])("kindling %j exits with %i and says why", async (words, exitStatus, message) => {
  const { status, stderr } = await runKindlingHere(words);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ {4}at /);
  expect(status).toBe(exitStatus);
});
