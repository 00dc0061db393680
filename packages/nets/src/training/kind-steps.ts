import { concat, slice } from "../graph/builders.ts";
import { createScope } from "../graph/scope.ts";
import { input, type Tensor } from "../graph/tensor.ts";
import { type DecomposedPair, kindDecompositionLoss } from "../losses/kind.ts";
import { kindDecomposition, type Layers } from "../networks/kind.ts";
import { type TrainingStep, type TrainingStepSettings, trainingStep } from "./training-step.ts";

/** What every network's step can be told. */
export interface StepOptions extends Pick<TrainingStepSettings, "optimiser" | "clipNorm" | "averageDecay"> {
  /** Pictures, or pairs of pictures, in a batch. */
  readonly batch: number;
  /** Height and width of the crops in pixels. */
  readonly sidePx: number;
}

/** One step of KinD's decomposition net on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1, stretched. */
export function kindDecompositionStep({ batch, sidePx, ...settings }: StepOptions): TrainingStep {
  const [low, high] = ["low", "high"].map((name) => input(name, [batch, 3, sidePx, sidePx])) as [Tensor, Tensor];
  const pair = decomposeTogether(low, high, batch);
  return trainingStep({
    name: "kind/decomposition",
    inputs: [low, high],
    loss: kindDecompositionLoss(pair),
    ...settings,
  });
}

/** Both exposures as one batch: half as many operations, each on twice as much. */
function decomposeTogether(low: Tensor, high: Tensor, batch: number): DecomposedPair {
  const both = kindDecomposition(createScope().at("decomposition"), concat([low, high], 0));
  const half = (start: number): Layers => ({
    reflectance: slice(both.reflectance, 0, start, start + batch),
    illumination: slice(both.illumination, 0, start, start + batch),
  });
  return { low, high, lowLayers: half(0), highLayers: half(batch) };
}
