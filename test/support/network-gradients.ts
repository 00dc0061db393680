import { add, countMacs, countParameters, type Graph, inputName, type Network, type Tensor } from "@kindling/nets";
import { describe, it } from "vitest";
import { expectDirectionalGradient, probe, seeded } from "./gradient-check.ts";
import type { Numbers } from "./reference/numbers.ts";

/** Pictures of 0.1 to 0.9 and weights in which no bias is zero, so that nothing is tied. */
export function leavesOf({ inputs, parameters }: Pick<Graph, "inputs" | "parameters">): Map<Tensor, Numbers> {
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

const size = { batch: 1, height: 16, width: 18 };
/** SID halves the sides of a mosaic four times, and a mosaic has half the sides of its picture. */
const largerSize = { batch: 1, height: 32, width: 32 };

/** Whether a network is checked in a second or so; the plain loops of the reference take half a minute for others. */
export function isQuicklyChecked({ build }: Network): boolean {
  const graph = build();
  return countParameters(graph) < 1.2e6 && countMacs(graph, size) < 3e7;
}

/** Describes a test of every network: its gradients are what differences of the reference say. */
export function describeNetworkGradients(networks: readonly Network[]): void {
  describe.each(networks.map((network) => [network.name, network] as const))("%s", (name, { build }) => {
    it("has the gradients that differences of the reference say", { timeout: 300_000 }, () => {
      const graph = build(name.startsWith("sid") ? largerSize : size);
      const leaves = leavesOf(graph);
      const loss = Object.values(graph.outputs)
        .map(probe)
        .reduce((sum, part) => add(sum, part));
      expectDirectionalGradient(loss, [...leaves.keys()], leaves);
    });
  });
}
