import { readdirSync, readFileSync } from "node:fs";
import {
  decodeOnnx,
  encodeOnnx,
  matchParameters,
  openCheckpoint,
  type ParameterMapping,
  type Weights,
} from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { expectGolden, goldenModelTensors, largestDifference, runGraph } from "../../../test/support/run-graph.ts";
import { hasShared, sharedPath } from "../../../test/support/shared.ts";
import { kindPlusTensorflow, kindTensorflow } from "./kind/tensorflow-names.ts";
import { retinexNetPytorch } from "./retinex-net/pytorch-names.ts";
import { retinexNetTensorflow } from "./retinex-net/tensorflow-names.ts";
import { findNetwork } from "./systems.ts";

/** The weights of a network from the checkpoint in a folder of `../shared/weights`. */
function importedWeights(network: string, folder: string, mapping: ParameterMapping): Weights {
  const path = sharedPath("weights", ...folder.split("/"));
  const files = readdirSync(path).map((name) => ({ name, bytes: readFileSync(`${path}/${name}`) }));
  const wanted = new Map(
    findNetwork(network)
      .build()
      .parameters.map((parameter) => [parameter.path, parameter.shape]),
  );
  return matchParameters(wanted, openCheckpoint(files), mapping, folder);
}

describe.skipIf(!hasShared)("weights imported from the authors' own files", () => {
  it.each([
    ["kind", kindTensorflow, "kind_forward", "input_stretched"],
    ["retinex-net", retinexNetTensorflow, "retinexnet_forward", "input"],
  ])("give the golden layers of %s", async (system, mapping, file, input) => {
    const golden = goldenModelTensors(`${file}.safetensors`);
    const name = `${system}/decomposition`;
    const weights = importedWeights(name, name, mapping);
    for (const n of ["a", "b"]) {
      const image = golden(`${n}.${input}`);
      const { reflectance, illumination } = await runGraph(findNetwork(name).build(), weights, { image });
      expectGolden(reflectance, golden(`${n}.R`), 1e-5);
      expectGolden(illumination, golden(`${n}.L`), 1e-5);
    }
  });

  it("give the golden adjustment of KinD", async () => {
    const golden = goldenModelTensors("kind_forward.safetensors");
    const weights = importedWeights("kind/adjustment", "kind/adjustment", kindTensorflow);
    const illumination = golden("b.L");
    const ratio = { shape: illumination.shape, values: new Float32Array(illumination.values.length).fill(5) };
    const { adjusted } = await runGraph(findNetwork("kind/adjustment").build(), weights, { illumination, ratio });
    expectGolden(adjusted, golden("b.adjust_ratio5"), 1e-5);
  });

  it.each([
    ["KinD++", "kind/decomposition", "kind-plus/decomposition", kindPlusTensorflow, 0.1],
    [
      "RetinexNet in PyTorch",
      "retinex-net-port/decomposition",
      "retinex-net-pytorch/decomposition",
      retinexNetPytorch,
      0.1,
    ],
  ])("of %s run, and its two layers give the picture back", async (_, name, folder, mapping, tolerance) => {
    const weights = importedWeights(name, folder, mapping);
    const image = goldenModelTensors("kind_forward.safetensors")("a.input_stretched");
    const { reflectance, illumination } = await runGraph(findNetwork(name).build(), weights, { image });
    const product = reflectance.values.map((value, i) => value * illumination.values[i % illumination.values.length]);
    const error = product.reduce((sum, value, i) => sum + Math.abs(value - image.values[i]), 0) / product.length;
    expect(error).toBeLessThan(tolerance);
  });

  it("stay within 2/255 when stored as float16", async () => {
    const graph = findNetwork("kind/decomposition").build();
    const weights = importedWeights("kind/decomposition", "kind/decomposition", kindTensorflow);
    const halved = decodeOnnx(encodeOnnx(graph, weights, { precision: "float16" }), "half").weights;
    const image = goldenModelTensors("kind_forward.safetensors")("b.input_stretched");
    const [exact, near] = [await runGraph(graph, weights, { image }), await runGraph(graph, halved, { image })];
    for (const key of Object.keys(exact)) {
      expect(largestDifference(near[key].values, exact[key].values)).toBeLessThanOrEqual(2 / 255);
    }
  });
});
