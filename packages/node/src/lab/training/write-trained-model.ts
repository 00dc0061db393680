import { basename, join } from "node:path";
import { encodeModel, type System, type TrainingHook, type TrainingPlan, type TrainingSetting } from "@kindling/lab";
import { countLearntParameters, formOfSettings, settleWeights } from "@kindling/lab/internal";
import { writeModel } from "../models/write-model.ts";

/** Tag of the weights that a run leaves. */
const tag = "trained";

/**
 * Writes the network into the run's folder as a model that photos can be enhanced with, when a stage ends or is stopped,
 * as soon as the weights of all its parts are there: `index.json`, `<network>/trained.json` and the ONNX file of each part.
 */
export function writeTrainedModel(
  folder: string,
  system: System,
  plan: TrainingPlan,
  report: TrainingSetting["report"],
): TrainingHook {
  const { options } = plan;
  const network = system.name;
  return {
    async endStage({ stage, weights, readState, taken }) {
      if (taken === 0) return;
      const form = formOfSettings(system, plan.settings);
      const graphs = Object.values(form.parts).map((part) => part.network.build());
      const settled = settleWeights(weights, await readState());
      if (graphs.some(({ parameters }) => parameters.some(({ path }) => !settled.has(path)))) return;
      const photos = [...options.pairs, ...options.dark, ...options.normal].map((path) => basename(path));
      const facts = {
        network,
        tag,
        title: network,
        about: `Trained on your own photos: ${taken.toLocaleString("en")} steps of ${stage.name}.`,
        licence: "Trained by its owner; the terms are those of the photographs it learnt from.",
        trainedOn: [...new Set(photos)],
        parameters: countLearntParameters(graphs),
      };
      await writeModel(folder, facts, encodeModel(form, settled, { precision: "float32" }));
      report?.({ event: "written", file: join(folder, network, `${tag}.json`) });
    },
  };
}
