import { encodeOnnx } from "@kindling/nets";
import { listNetworks } from "../list-networks.ts";
import type { RunStore } from "../run-store.ts";
import { pickWeights, settleWeights } from "../stage-tensors.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";

/** Writes the networks that a stage completes, and whose weights are all there, as ONNX files: `kind/blind` as `kind-blind.onnx`. */
export function writeNetworks({
  plan,
  store,
  report,
}: {
  readonly plan: TrainingPlan;
  readonly store: RunStore;
  readonly report: (event: TrainingEvent) => void;
}): TrainingHook {
  return {
    async endStage({ stage, settings, weights, state, taken }) {
      if (taken < settings.steps) return;
      const settled = settleWeights(weights, state);
      for (const { name, paper, build } of listNetworks(stage, plan.loss)) {
        const graph = build();
        const own = pickWeights(graph, settled);
        if (own.size < graph.parameters.length) continue;
        const metadata = { network: name, paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}` };
        const bytes = encodeOnnx(graph, own, { metadata });
        const file = `${name.replaceAll("/", "-")}.onnx`;
        await store.write(file, bytes);
        report({ event: "written", file: store.locate(file) });
      }
    },
  };
}
