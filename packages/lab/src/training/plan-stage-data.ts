import type { DataPlan } from "../data/data-plan.ts";
import type { PlannedStage, TrainingPlan } from "./training-plan.ts";

/** Plans the data of a stage: the one place that translates what a stage asks for into how batches are drawn. */
export function planStageData({ recipe, options }: TrainingPlan, { stage, settings }: PlannedStage): DataPlan {
  const { augmentations, stretch, overviewPx = 0, reducedPx = 0, blackSides = 0 } = stage;
  const draw = { seed: options.seed, batchSize: settings.batch, cropPx: settings.cropPx, augmentations };
  if (recipe.data === "unpaired") {
    const { dark, normal, pairs, split } = options;
    return { kind: "unpaired", dark, normal, pairs, split, draw };
  }
  return {
    kind: "aligned",
    pairs: options.pairs,
    repeat: options.repeat,
    split: options.split,
    anyTwoExposures: recipe.data === "exposures",
    draw: { ...draw, stretch, overviewPx, reducedPx, blackSides },
  };
}
