import { add, concat, div, expand, greater, reduceMean, shapeOf, slice, where } from "../graph/builders.ts";
import { createScope } from "../graph/scope.ts";
import { input, type Tensor } from "../graph/tensor.ts";
import {
  type DecomposedPair,
  type KindDecompositionWeights,
  kindAdjustmentLoss,
  kindDecompositionLoss,
  kindRestorationLoss,
  kindRestorationTarget,
} from "../losses/kind.ts";
import { kindAdjustment, kindDecomposition, kindRestoration, type Layers } from "../networks/kind.ts";
import { type CropSettings, picturePair } from "./crop-settings.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/** One step of KinD's decomposition net on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1, stretched. */
export function kindDecompositionStep(settings: CropSettings, weights?: KindDecompositionWeights): TrainingStep {
  const pair = decomposed(settings);
  const loss = kindDecompositionLoss(pair, weights);
  return trainingStep({ ...settings, name: "kind/decomposition", inputs: [pair.low, pair.high], loss });
}

/** What of the restoration's training can be set otherwise than in the authors' code. */
export interface KindRestorationSettings {
  /** Power of the well-lit reflectance that is the target; 1.2 in the authors' code. */
  readonly targetPower: number;
  /** Weight of the restored reflectance's error under the bright picture's illumination; 0 in the authors' code. */
  readonly lit: number;
}

/**
 * One step of KinD's restoration net on `low` and `high` as above; the decomposition's weights are fixed in the graph.
 */
export function kindRestorationStep(
  settings: CropSettings,
  { targetPower, lit }: KindRestorationSettings = { targetPower: 1.2, lit: 0 },
): TrainingStep {
  const { low, high, lowLayers, highLayers } = decomposed(settings);
  const restored = kindRestoration(createScope().at("restoration"), lowLayers);
  const loss = kindRestorationLoss(
    restored,
    kindRestorationTarget(highLayers.reflectance, targetPower),
    lit > 0 ? { illumination: highLayers.illumination, image: high, weight: lit } : undefined,
  );
  return trainingStep({
    ...settings,
    name: "kind/restoration",
    inputs: [low, high],
    loss,
    learns: within("restoration"),
  });
}

/**
 * One step of KinD's adjustment net on `low` and `high` as above and `brighten` [batch, 1, 1, 1]: 1 where the dark
 * illumination is to become the bright one, 0 the other way round. The decomposition's weights are fixed in the graph.
 */
export function kindAdjustmentStep(settings: CropSettings): TrainingStep {
  const { low, high, lowLayers, highLayers } = decomposed(settings);
  const brighten = input("brighten", [settings.batch, 1, 1, 1]);
  const direction = greater(brighten, 0.5);
  const choose = (up: Tensor, down: Tensor) => where(direction, up, down);
  const [dark, bright] = [lowLayers.illumination, highLayers.illumination];

  const darker = reduceMean(div(dark, add(bright, 1e-4)), [2, 3]); // [batch, 1, 1, 1]
  const ratio = choose(add(div(1, darker), 1e-4), darker);
  const plane = expand(ratio, shapeOf(dark));
  const adjusted = kindAdjustment(createScope().at("adjustment"), choose(dark, bright), plane);
  const loss = kindAdjustmentLoss(adjusted, choose(bright, dark));
  const inputs = [low, high, brighten];
  return trainingStep({ ...settings, name: "kind/adjustment", inputs, loss, learns: within("adjustment") });
}

const within = (part: string) => (path: string) => path.startsWith(`${part}/`);

/** Both exposures decomposed as one batch: half as many operations, each on twice as much. */
function decomposed(settings: CropSettings): DecomposedPair {
  const { batch } = settings;
  const [low, high] = picturePair(settings);
  const both = kindDecomposition(createScope().at("decomposition"), concat([low, high], 0));
  const half = (start: number): Layers => ({
    reflectance: slice(both.reflectance, 0, start, start + batch),
    illumination: slice(both.illumination, 0, start, start + batch),
  });
  return { low, high, lowLayers: half(0), highLayers: half(batch) };
}
