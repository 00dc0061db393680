import { createScope } from "@kindling/nets";
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
import { msrNetLoss } from "./loss.ts";
import { msrNet } from "./msr-net.ts";
import { msrNetNetworks } from "./networks.ts";

describe.skipIf(!hasShared)("MSR-net against its equations", () => {
  it.each(["a", "b", "pair"])("gives the golden result for %s", async (n) => {
    const golden = goldenModelTensors("msrnet.safetensors");
    const graph = msrNetNetworks.whole.build();
    const weights = weightsOf(graph, (path) => golden(`weight.${path.replaceAll("/", ".")}`));
    const { enhanced } = await runGraph(graph, weights, { image: golden(n === "pair" ? "pair.low" : `${n}.input`) });
    expectGolden(enhanced, golden(`${n}.out`), 1e-5);
  });
});

describe.skipIf(!hasShared)("MSR-net's loss against its equations", () => {
  it("gives the terms and the gradients", async () => {
    const golden = goldenModelTensors("msrnet.safetensors");
    const { loss } = goldenJson<{ loss: GoldenLoss }>("msrnet.json");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const graph = gradientGraph("msr-net", [low, high], msrNetLoss(msrNet(createScope(), low), high));
    const named = (path: string) => path.replaceAll("/", ".");
    const weights = weightsOf(graph, (path) => golden(`weight.${named(path)}`));
    const results = await runGraph(graph, weights, { low: golden("pair.low"), high: golden("pair.high") });
    for (const [ours, theirs] of [
      ["data", "data"],
      ["decay", "weight_l2"],
      ["total", "total"],
    ]) {
      expect(Math.abs(results[ours].values[0] / loss.terms[theirs] - 1)).toBeLessThanOrEqual(1e-5);
    }
    expectDigest(results, loss, named, 1e-4);
    for (const path of ["color/conv1x1/bias", "color/conv1x1/weight", "diff/conv1/weight", "diff/conv10/bias"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${named(path)}`), 1e-4);
    }
    for (const path of ["diff/fuse1x1/weight", "multiscale/conv1x1/weight", "multiscale/conv3x3/weight"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${named(path)}`), 1e-4);
    }
  });
});
