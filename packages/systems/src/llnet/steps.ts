import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import { createScope, type Scope, type Tensor, type TrainingStep, trainingStep } from "@kindling/nets";
import { depth, enhancePatches, layerWeight, llnetLayer, patchesOf } from "./llnet.ts";
import { fineTuningLoss, type LlnetLossSettings, pretrainingLoss } from "./loss.ts";

/** Crops of pairs. */
export const llnetFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/**
 * Builds the steps that pretrain every layer of the encoder with its mirror image in the decoder: as a denoising
 * autoencoder, which makes of the layer below, as it sees the dark picture, what it sees in the bright one (section 3.2).
 */
export function pretrainingSteps(settings: StepSettings, loss: LlnetLossSettings): readonly TrainingStep[] {
  return Array.from({ length: depth }, (_, i) => {
    const [layer, mirrored] = [i + 1, 2 * depth - i];
    const inputs = feedInputs(llnetFeeds, settings);
    const scope = createScope();
    const hidden = encode(scope, inputs.low, layer);
    const result = llnetLayer(scope, mirrored, hidden);
    const target = layer === 1 ? patchesOf(inputs.high) : encode(scope, inputs.high, layer - 1);
    const weights = [layerWeight(scope, layer), layerWeight(scope, mirrored)];
    const own = [`layer${layer}/`, `layer${mirrored}/`];
    return trainingStep({
      ...settings,
      name: `llnet/layer${layer}`,
      inputs: Object.values(inputs),
      loss: pretrainingLoss({ hidden, result, target, weights }, loss),
      learns: (path) => own.some((prefix) => path.startsWith(prefix)),
      reads: () => true,
    });
  });
}

function encode(scope: Scope, image: Tensor, layers: number): Tensor {
  let x = image;
  for (let layer = 1; layer <= layers; layer++) x = llnetLayer(scope, layer, x);
  return x;
}

/** Builds a step that trains all layers together. */
export function fineTuningStep(settings: StepSettings, loss: LlnetLossSettings): TrainingStep {
  const inputs = feedInputs(llnetFeeds, settings);
  const scope = createScope();
  const result = enhancePatches(scope, inputs.low);
  const weights = Array.from({ length: 2 * depth }, (_, i) => layerWeight(scope, i + 1));
  return trainingStep({
    ...settings,
    name: "llnet",
    inputs: Object.values(inputs),
    loss: fineTuningLoss({ result, target: patchesOf(inputs.high), weights }, loss),
  });
}
