import { createScope, type Graph, type Weights } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import {
  expectDigest,
  expectGradient,
  type GoldenLoss,
  goldenJson,
  goldenPicture,
  gradientGraph,
} from "../../../../test/support/gradient-graph.ts";
import { expectGolden, goldenModelTensors, runGraph, weightsOf } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { gladnet } from "./gladnet.ts";
import { gladnetLoss } from "./loss.ts";
import { gladnetNetworks } from "./networks.ts";

/** GLADNet's layers in the order in which the authors' code makes and numbers them. */
const gladnetOrder = [
  ...[1, 2, 3, 4, 5, 6].map((level) => `down${level}`),
  ...[1, 2, 3, 4, 5, 6].map((level) => `up${level}`),
  ...[1, 2, 3, 4].map((layer) => `detail${layer}`),
  "output",
];

/** The name that a parameter of GLADNet has in the authors' checkpoints. */
function officialGladnetName(path: string): string {
  const [layer, kind] = path.split("/");
  const number = gladnetOrder.indexOf(layer);
  return `FG/conv2d${number === 0 ? "" : `_${number}`}/${kind === "weight" ? "kernel" : "bias"}`;
}

/** GLADNet's weights of the golden file. */
function seededGladnetWeights(graph: Graph): Weights {
  const stored = goldenModelTensors("gladnet_random_weights_f16.safetensors");
  return weightsOf(graph, (path) => stored(officialGladnetName(path)));
}

describe.skipIf(!hasShared)("GLADNet against the authors' code", () => {
  it.each(["a", "b", "pair"])("gives the golden result for %s", async (n) => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const graph = gladnetNetworks.whole.build();
    const image = golden(n === "pair" ? "pair.low" : `${n}.input`);
    const { enhanced } = await runGraph(graph, seededGladnetWeights(graph), { image });
    expectGolden(enhanced, golden(`${n}.out`), 2e-5);
  });

  it.each(["a", "b"])("finds the golden global features of %s", async (n) => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const graph = gladnetNetworks.global.build();
    const { features } = await runGraph(graph, seededGladnetWeights(graph), { image: golden(`${n}.input`) });
    const first4 = { shape: [1, 4, 96, 96], values: features.values.subarray(0, 4 * 96 * 96) };
    expectGolden(first4, golden(`${n}.p_deconv6_first4`), 2e-5);
  });
});

describe.skipIf(!hasShared)("GLADNet's loss against the authors' code", () => {
  it("gives the loss and the gradients", async () => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const { loss } = goldenJson<{ loss: GoldenLoss }>("gladnet_forward_and_loss.json");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const graph = gradientGraph("gladnet", [low, high], gladnetLoss(gladnet(createScope(), low), high, "official"));
    const results = await runGraph(graph, seededGladnetWeights(graph), {
      low: golden("pair.low"),
      high: golden("pair.high"),
    });
    const { total: ours } = results;
    const { total: theirs } = loss.terms;
    expect(Math.abs(ours.values[0] - theirs)).toBeLessThanOrEqual(1e-6);
    expectDigest(results, loss, officialGladnetName, 2e-4);
    for (const path of ["down1/weight", "detail1/bias", "output/bias", "output/weight", "down6/bias"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${officialGladnetName(path)}`), 2e-4);
    }
  });
});
