import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import { createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "./losses.ts";
import { retinexNetDecomposition, retinexNetRelight } from "./retinex-net.ts";

/** Crops of a pair. */
export const retinexNetFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/** Builds a training step of RetinexNet's decomposition. */
export function retinexNetDecompositionStep(settings: StepSettings): TrainingStep {
  const { low, high } = feedInputs(retinexNetFeeds, settings);
  const scope = createScope().at("decomposition");
  const [lowLayers, highLayers] = [retinexNetDecomposition(scope, low), retinexNetDecomposition(scope, high)];
  const loss = retinexNetDecompositionLoss({ low, high, lowLayers, highLayers });
  return trainingStep({ ...settings, name: "retinex-net/decomposition", inputs: [low, high], loss });
}

/** Builds a training step of RetinexNet's relighting; the decomposition's weights are fixed in the graph. */
export function retinexNetRelightStep(settings: StepSettings): TrainingStep {
  const { low, high } = feedInputs(retinexNetFeeds, settings);
  const layers = retinexNetDecomposition(createScope().at("decomposition"), low);
  const loss = retinexNetRelightLoss(layers, retinexNetRelight(createScope().at("relight"), layers), high);
  const learns = (path: string) => path.startsWith("relight/");
  return trainingStep({ ...settings, name: "retinex-net/relight", inputs: [low, high], loss, learns });
}
