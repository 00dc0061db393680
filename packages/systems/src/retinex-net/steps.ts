import { type CropSettings, picturePair } from "@kindling/lab";
import { createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "./losses.ts";
import { retinexNetDecomposition, retinexNetRelight } from "./retinex-net.ts";

/** One step of RetinexNet's decomposition on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1. */
export function retinexNetDecompositionStep(settings: CropSettings): TrainingStep {
  const [low, high] = picturePair(settings);
  const scope = createScope().at("decomposition");
  const [lowLayers, highLayers] = [retinexNetDecomposition(scope, low), retinexNetDecomposition(scope, high)];
  const loss = retinexNetDecompositionLoss({ low, high, lowLayers, highLayers });
  return trainingStep({ ...settings, name: "retinex-net/decomposition", inputs: [low, high], loss });
}

/** One step of RetinexNet's relighting on `low` and `high` as above; the decomposition's weights are fixed in the graph. */
export function retinexNetRelightStep(settings: CropSettings): TrainingStep {
  const [low, high] = picturePair(settings);
  const layers = retinexNetDecomposition(createScope().at("decomposition"), low);
  const loss = retinexNetRelightLoss(layers, retinexNetRelight(createScope().at("relight"), layers), high);
  const learns = (path: string) => path.startsWith("relight/");
  return trainingStep({ ...settings, name: "retinex-net/relight", inputs: [low, high], loss, learns });
}
