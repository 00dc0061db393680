import { encodeOnnx, findNetwork, type Weight } from "@kindling/nets";
import type { RunStore } from "../run-store.ts";
import { settleWeights } from "../stage-tensors.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";

/** Writes the networks that a stage completes as ONNX files: `kind/blind` as `kind-blind.onnx`. */
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
      for (const name of stage.networks(plan.loss)) {
        const bytes = encodeNetwork(name, settled);
        if (!bytes) continue;
        const file = `${name.replaceAll("/", "-")}.onnx`;
        await store.write(file, bytes);
        report({ event: "written", file: store.locate(file) });
      }
    },
  };
}

/** The ONNX file of a network; undefined where some of its weights are missing. */
function encodeNetwork(name: string, weights: ReadonlyMap<string, Weight>): Uint8Array | undefined {
  const { paper, build } = findNetwork(name);
  const graph = build();
  const own = graph.parameters.flatMap(({ path }) => {
    const weight = weights.get(path);
    return weight ? [[path, weight] as const] : [];
  });
  if (own.length < graph.parameters.length) return undefined;
  const metadata = { network: name, paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}` };
  return encodeOnnx(graph, new Map(own), { metadata });
}
