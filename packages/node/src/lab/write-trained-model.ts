import { basename, join } from "node:path";
import {
  countLearntParameters,
  listNetworks,
  pickWeights,
  settleWeights,
  type TrainingHook,
  type TrainingPlan,
  type TrainingSetting,
} from "@kindling/lab";
import { encodeOnnx, findNetwork, type Graph, modelParts, modelVariants } from "@kindling/nets";
import { writeModel } from "../models/write-model.ts";

/** Tag of the weights that a run leaves. */
const tag = "trained";

/**
 * Writes the network into the run's folder as a model that photos can be enhanced with, when a stage ends or is stopped,
 * as soon as the weights of all its parts are there: `index.json`, `<network>/trained.json` and the ONNX file of each part.
 */
export function writeTrainedModel(folder: string, plan: TrainingPlan, report: TrainingSetting["report"]): TrainingHook {
  const { recipe, options } = plan;
  const { network } = recipe;
  return {
    async endStage({ stage, weights, state, taken }) {
      if (taken === 0) return;
      const graphs = buildParts(plan);
      const settled = settleWeights(weights, state);
      const parameters = Object.values(graphs).flatMap((graph) => graph.parameters);
      if (parameters.length === 0 || parameters.some(({ path }) => !settled.has(path))) return;
      const photos = [...options.pairs, ...options.dark, ...options.normal].map((path) => basename(path));
      const facts = {
        network,
        tag,
        title: network,
        about: `Trained on your own photos: ${taken.toLocaleString("en")} steps of ${stage.name}.`,
        licence: "Trained by its owner; the terms are those of the photographs it learnt from.",
        trainedOn: [...new Set(photos)],
        parameters: countLearntParameters(Object.values(graphs)),
      };
      const files = Object.entries(graphs).map(
        ([part, graph]) => [part, encodeOnnx(graph, pickWeights(graph, settled))] as const,
      );
      await writeModel(folder, facts, Object.fromEntries(files));
      report?.({ event: "written", file: join(folder, network, `${tag}.json`) });
    },
  };
}

/** Builds the graphs of the network's parts, of the variant that its loss settings train. */
function buildParts({ recipe: { network, stages }, loss }: TrainingPlan): Readonly<Record<string, Graph>> {
  const completed = new Set(stages.flatMap((stage) => listNetworks(stage, loss).map(({ name }) => name)));
  const variant = Object.entries(modelVariants).find(
    ([name, parts]) =>
      name.startsWith(`${network}+`) && Object.values(parts).some((part) => completed.has(part.network)),
  );
  const parts = variant?.[1] ?? modelParts[network] ?? {};
  return Object.fromEntries(Object.entries(parts).map(([part, from]) => [part, findNetwork(from.network).build()]));
}
