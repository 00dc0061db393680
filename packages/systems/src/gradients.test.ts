import { add, createScope, type Graph, input, inputName, type Tensor } from "@kindling/nets";
import { byBatchStatistics, parametersOf } from "@kindling/nets/internal";
import { describe, it } from "vitest";
import { expectDirectionalGradient, probe, seeded } from "../../../test/support/gradient-check.ts";
import type { Numbers } from "../../../test/support/reference/numbers.ts";
import { enlightenGanGenerator } from "./enlightengan/enlightengan.ts";
import { networks } from "./systems.ts";

/** Pictures of 0.1 to 0.9 and weights in which no bias is zero, so that nothing is tied. */
function leavesOf({ inputs, parameters }: Pick<Graph, "inputs" | "parameters">): Map<Tensor, Numbers> {
  return new Map([
    ...inputs.map((tensor) => [tensor, seeded(inputName(tensor), tensor.shape as number[], [0.1, 0.9])] as const),
    ...parameters.map(({ path, tensor, shape }) => [tensor, seeded(path, shape, rangeOf(path, shape))] as const),
  ]);
}

function rangeOf(path: string, shape: readonly number[]): [number, number] {
  if (/running_var$|bn[^/]*\/weight$/.test(path)) return [0.7, 1.3];
  // Results that are clipped should lie within: beyond it no gradient flows at all.
  const last = path.includes("output/");
  if (shape.length < 4) return last ? [0.4, 0.6] : [-0.1, 0.1];
  const limit = Math.sqrt(6 / (shape[1] * shape[2] * shape[3])) * (last ? 0.1 : 1);
  return [-limit, limit];
}

describe.each(networks.map((network) => [network.name, network] as const))("%s", (_, { build }) => {
  it("has the gradients that differences of the reference say", { timeout: 120_000 }, () => {
    const graph = build({ batch: 1, height: 16, width: 18 });
    const leaves = leavesOf(graph);
    const loss = Object.values(graph.outputs)
      .map(probe)
      .reduce((sum, part) => add(sum, part));
    expectDirectionalGradient(loss, [...leaves.keys()], leaves);
  });
});

describe("EnlightenGAN's generator in training", () => {
  it("has the gradients that differences of the reference say", { timeout: 120_000 }, () => {
    const [image, attention] = [input("image", [2, 3, 16, 16]), input("attention", [2, 1, 16, 16])];
    const { normalise } = byBatchStatistics();
    const { output } = enlightenGanGenerator(createScope(), image, attention, "half_pixel", normalise);
    const parameters = parametersOf([output]);
    const leaves = leavesOf({ inputs: [image, attention], parameters });
    expectDirectionalGradient(probe(output), [...leaves.keys()], leaves);
  });
});
