import { columnsIn, crop, type Feeds, feedInputs, rowsIn, type StepSettings, whole } from "@kindling/lab";
import { createScope, sampleBilinear, type TrainingStep, trainingStep } from "@kindling/nets";
import { gladnetOverviewPx } from "./facts.ts";
import { gladnetDetail, gladnetGlobal } from "./gladnet.ts";
import { type GladnetWeights, gladnetLoss } from "./loss.ts";

/** Crops of a pair, the whole dark picture reduced for the global branch, and the place of each crop in it. */
export const gladnetFeeds = {
  low: crop("dark"),
  high: crop("bright"),
  overview: whole("dark", gladnetOverviewPx, "nearest"),
  rows: rowsIn(gladnetOverviewPx),
  columns: columnsIn(gladnetOverviewPx),
} satisfies Feeds;

/** Builds a training step of GLADNet: the global branch sees the whole picture, the detail branch a crop of it. */
export function gladnetStep(settings: StepSettings, weights?: GladnetWeights): TrainingStep {
  const inputs = feedInputs(gladnetFeeds, settings);
  const { low, high, overview, rows, columns } = inputs;
  const scope = createScope();
  const features = sampleBilinear(gladnetGlobal(scope, overview), rows, columns); // [batch, 64, crop, crop]
  const enhanced = gladnetDetail(scope, low, features);
  return trainingStep({
    ...settings,
    name: "gladnet",
    inputs: Object.values(inputs),
    loss: gladnetLoss(enhanced, high, weights),
  });
}
