import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeOnnx, encodeOnnx, initialise } from "@kindling/nets";
import { findNetwork } from "@kindling/systems";
import { describe, expect, test } from "vitest";
import { modelFaults } from "./support/model-faults.ts";
import { modelsFolder } from "./support/model-folder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test("every shipped model is what its manifest and its card say", async () => {
  expect(await modelFaults(join(root, "models"))).toEqual([]);
});

/** A file of a network's weights that were never trained. */
function weightsFile(folder: string, name = "msr-net"): string {
  const graph = findNetwork(name).build();
  const path = join(folder, "weights.onnx");
  writeFileSync(path, encodeOnnx(graph, initialise(graph, 3)));
  return path;
}

function ship(models: string, network: string, weights: string, ...words: string[]): string {
  const script = join(root, "scripts/ship-network.ts");
  const all = ["--import", "tsx", script, network, "trial", "--from", weights, "--models", models, ...words];
  return execFileSync(process.execPath, all, { cwd: root, encoding: "utf8" });
}

describe("shipping a network", () => {
  test("writes files, manifest and card that fit each other, and tells what was measured", async () => {
    const models = modelsFolder();
    const weights = weightsFile(models);
    const facts = ["--title", "MSR-net", "--about", "Trial weights.", "--data", "bsds"];
    ship(models, "msr-net", weights, ...facts);
    expect(await modelFaults(models)).toEqual([]);
    const evaluation = join(models, "evaluation.json");
    const figures = { method: "msr-net.trial", images: [1, 2], mean: { psnr: 20.123 }, interval: { psnr: [19, 21.5] } };
    writeFileSync(evaluation, JSON.stringify({ methods: [{ ...figures, method: "lime" }, figures] }));
    ship(models, "msr-net", weights, "--data", "bsds", "--measured", `night pairs=${evaluation}`);
    const card = readFileSync(join(models, "msr-net/trial.md"), "utf8");
    expect(card).toMatch(/MSR-net\. Trial weights\./);
    expect(card).toMatch(/\| night pairs +\| +2 \| +20\.12 \[19\.00, 21\.50\] \|/);
    expect(card).not.toContain(models);
    expect(await modelFaults(models)).toEqual([]);
  });

  test("shows where anything is changed by hand", async () => {
    const models = modelsFolder();
    ship(models, "msr-net", weightsFile(models), "--title", "t", "--about", "a", "--data", "bsds");
    const manifest = join(models, "msr-net/trial.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace("86386", "86387").replace('"haloPx": 11', '"haloPx": 10'));
    expect(await modelFaults(models)).toEqual([
      "msr-net.trial: trial.whole.onnx tiles otherwise",
      "msr-net.trial: it has 86386 parameters, not 86387",
    ]);
    writeFileSync(manifest, text);
    writeFileSync(join(models, "msr-net/left-over.onnx"), "x");
    expect(await modelFaults(models)).toEqual(["msr-net/left-over.onnx: no model has this file"]);
  });

  test("takes the graphs of a variant where the weights were trained for one", async () => {
    const models = modelsFolder();
    const weights = weightsFile(models, "kind+root/blind");
    ship(models, "kind", weights, "--title", "t", "--about", "a", "--data", "bsds", "--variant", "kind+root");
    expect(await modelFaults(models)).toEqual([]);
    const { graph } = decodeOnnx(readFileSync(join(models, "kind/trial.analysis.onnx")), "trial");
    expect(graph.nodes.some(({ operation }) => operation.type === "Sqrt")).toBe(true);
  });
});
