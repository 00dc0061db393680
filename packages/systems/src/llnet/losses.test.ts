import { createGraph, input } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeLossGradients, lossCase } from "../../../../test/support/loss-gradients.ts";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { fineTuningLoss, pretrainingLoss } from "./loss.ts";

const settings = { decay: 0.1, sparsity: 0.5, activity: 0.2 };
const patches = [2, 5, 2, 3];
const units = [2, 4, 2, 3];
const kernel = [4, 5, 1, 1];

describeLossGradients({
  "LLNet's pretraining": lossCase(
    [units, patches, patches, kernel],
    (hidden, result, target, weight) => pretrainingLoss({ hidden, result, target, weights: [weight] }, settings).total,
  ),
  "LLNet's fine-tuning": lossCase(
    [patches, patches, kernel],
    (result, target, weight) => fineTuningLoss({ result, target, weights: [weight] }, settings).total,
  ),
});

test("the error is summed over a patch, units at their activity cost nothing, and weights count by their squares", async () => {
  const names = ["hidden", "result", "target", "weight"] as const;
  const shapes = { hidden: [1, 2, 1, 1], result: [1, 3, 1, 1], target: [1, 3, 1, 1], weight: [2, 3, 1, 1] };
  const [hidden, result, target, weight] = names.map((name) => input(name, shapes[name]));
  const terms = pretrainingLoss({ hidden, result, target, weights: [weight] }, settings);
  const graph = createGraph("loss", [hidden, result, target, weight], { ...terms });
  const run = (activity: number) =>
    runGraph(graph, new Map(), {
      hidden: { shape: shapes.hidden, values: new Float32Array(2).fill(activity) },
      result: { shape: shapes.result, values: new Float32Array(3).fill(0.5) },
      target: { shape: shapes.target, values: new Float32Array(3).fill(0.3) },
      weight: { shape: shapes.weight, values: new Float32Array(6).fill(2) },
    });
  const { error, sparsity, decay, total } = await run(0.2);
  expect(error.values[0]).toBeCloseTo(3 * 0.04, 6);
  expect(sparsity.values[0]).toBeCloseTo(0, 6);
  expect(decay.values[0]).toBeCloseTo(24, 5);
  expect(total.values[0]).toBeCloseTo(0.12 + 2.4, 5);
  const kl = 0.2 * Math.log(0.2 / 0.6) + 0.8 * Math.log(0.8 / 0.4);
  expect((await run(0.6))["sparsity"].values[0]).toBeCloseTo(2 * kl, 5);
});
