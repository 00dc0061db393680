import type { DataPlan } from "../data/data-plan.ts";
import type { PlannedStage, TrainingPlan } from "./training-plan.ts";

/** Plans the data of a stage: translates its declarations and the training's options into draws of batches. */
export function planStageData({ recipe, options }: TrainingPlan, { stage, settings }: PlannedStage): DataPlan {
  const { feeds, augmentations, stretch } = stage;
  const draw = { seed: options.seed, batchSize: settings.batch, cropPx: settings.cropPx, augmentations };
  if (recipe.data === "unpaired") {
    const { dark, normal, pairs, split } = options;
    return { kind: "unpaired", dark, normal, pairs, split, feeds, stretch, draw };
  }
  return {
    kind: "aligned",
    pairs: options.pairs,
    repeat: options.repeat,
    split: options.split,
    anyTwoExposures: recipe.data === "exposures",
    feeds,
    stretch,
    draw,
  };
}
