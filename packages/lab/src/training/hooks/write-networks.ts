import { encodeNetwork } from "@kindling/nets";
import type { RunStore } from "../run-store.ts";
import { settleWeights } from "../stage-tensors.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";

/** Writes each network that a stage completes, once all its weights exist, as an ONNX file: `kind/blind` as `kind-blind.onnx`. */
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
    async endStage({ stage, settings, weights, readState, taken }) {
      if (taken < settings.steps) return;
      const settled = settleWeights(weights, await readState());
      for (const network of stage.networks(plan.settings)) {
        const graph = network.build();
        if (graph.parameters.some(({ path }) => !settled.has(path))) continue;
        const file = `${network.name.replaceAll(/[/:]/g, "-")}.onnx`;
        await store.write(file, encodeNetwork(network, settled, graph));
        report({ event: "written", file: store.locate(file) });
      }
    },
  };
}
