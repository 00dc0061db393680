import { pickPixels } from "../graph/sampling.ts";
import { createScope } from "../graph/scope.ts";
import { input } from "../graph/tensor.ts";
import { type GladnetWeights, gladnetLoss } from "../losses/gladnet.ts";
import { msrNetLoss } from "../losses/msr-net.ts";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "../losses/retinex-net.ts";
import { gladnetDetail, gladnetGlobal, glanceSidePx } from "../networks/gladnet.ts";
import { msrNet } from "../networks/msr-net.ts";
import { retinexNetDecomposition, retinexNetRelight } from "../networks/retinex-net.ts";
import { type CropSettings, picturePair } from "./crop-settings.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/**
 * One step of GLADNet on the crops `low` and `high`, [batch, 3, side, side], 0 to 1. The global branch sees the whole
 * dark pictures, `overview` [batch, 3, 96, 96]; `rows` and `columns` [batch, side] tell where in it each row and column
 * of a crop lies.
 */
export function gladnetStep(settings: CropSettings, weights?: GladnetWeights): TrainingStep {
  const { batch, sidePx } = settings;
  const [low, high] = picturePair(settings);
  const overview = input("overview", [batch, 3, glanceSidePx, glanceSidePx]);
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

/** One step of MSR-net on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1. */
export function msrNetStep(settings: CropSettings): TrainingStep {
  const [low, high] = picturePair(settings);
  const loss = msrNetLoss(msrNet(createScope(), low), high);
  return trainingStep({ ...settings, name: "msr-net", inputs: [low, high], loss });
}

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
