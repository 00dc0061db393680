import { type CropSettings, picturePair } from "@kindling/lab";
import { createScope, input, pickPixels, type TrainingStep, trainingStep } from "@kindling/nets";
import { gladnetOverviewPx } from "./facts.ts";
import { gladnetDetail, gladnetGlobal } from "./gladnet.ts";
import { type GladnetWeights, gladnetLoss } from "./loss.ts";
/**
 * One step of GLADNet on the crops `low` and `high`, [batch, 3, side, side], 0 to 1. The global branch sees the whole
 * dark pictures, `overview` [batch, 3, 96, 96]; `rows` and `columns` [batch, side] tell where in it each row and column
 * of a crop lies.
 */
export function gladnetStep(settings: CropSettings, weights?: GladnetWeights): TrainingStep {
  const { batch, sidePx } = settings;
  const [low, high] = picturePair(settings);
  const overview = input("overview", [batch, 3, gladnetOverviewPx, gladnetOverviewPx]);
  const [rows, columns] = [input("rows", [batch, sidePx]), input("columns", [batch, sidePx])];
  const scope = createScope();
  const features = pickPixels(gladnetGlobal(scope, overview), rows, columns); // [batch, 64, side, side]
  const enhanced = gladnetDetail(scope, low, features);
  return trainingStep({
    ...settings,
    name: "gladnet",
    inputs: [low, high, overview, rows, columns],
    loss: gladnetLoss(enhanced, high, weights),
  });
}
