import {
  add,
  clip,
  type LossTerms,
  log,
  mul,
  reduceMean,
  sub,
  sumOfSquares,
  type Tensor,
  weighTerms,
} from "@kindling/nets";

/** Weights of LLNet's losses. */
export interface LlnetLossSettings {
  /** Weight of the squares of all weights. */
  readonly decay: number;
  /** Weight of the distance of mean activations from `activity`; in pretraining alone. */
  readonly sparsity: number;
  /** The mean activation that every unit should have, 0 to 1. */
  readonly activity: number;
}

/** The error of patches: squared, summed over a patch, averaged over patches. */
function patchError(patches: Tensor, target: Tensor): Tensor {
  const [batch, , rows, columns] = patches.shape as readonly [number, number, number, number];
  return mul(sumOfSquares(sub(patches, target)), 1 / (batch * rows * columns));
}

/**
 * The loss of a denoising autoencoder: of one hidden layer, pretrained by itself (section 3.2, eq. 3).
 *
 * @param hidden activations [batch, units, rows, columns].
 * @param result what the decoder makes of them; `target` what it should.
 * @param weights of the encoder and the decoder.
 */
export function pretrainingLoss(
  { hidden, result, target, weights }: Record<"hidden" | "result" | "target", Tensor> & { weights: readonly Tensor[] },
  { decay, sparsity, activity }: LlnetLossSettings,
): LossTerms {
  const terms = { error: patchError(result, target), sparsity: divergence(hidden, activity), decay: squares(weights) };
  return weighTerms(terms, { error: 1, sparsity, decay });
}

/** The loss of the whole network (section 3.2, eq. 5). */
export function fineTuningLoss(
  { result, target, weights }: Record<"result" | "target", Tensor> & { weights: readonly Tensor[] },
  { decay }: LlnetLossSettings,
): LossTerms {
  return weighTerms({ error: patchError(result, target), decay: squares(weights) }, { error: 1, decay });
}

/** The Kullback-Leibler divergence of the units' mean activations from one activity, summed over the units. */
function divergence(hidden: Tensor, activity: number): Tensor {
  const mean = clip(reduceMean(hidden, [0, 2, 3]), 1e-6, 1 - 1e-6); // [1, units, 1, 1]
  const active = mul(sub(Math.log(activity), log(mean)), activity);
  const idle = mul(sub(Math.log(1 - activity), log(sub(1, mean))), 1 - activity);
  const units = mean.shape[1] as number;
  return mul(reduceMean(add(active, idle), undefined, false), units);
}

function squares(weights: readonly Tensor[]): Tensor {
  return weights.map(sumOfSquares).reduce((sum, part) => add(sum, part));
}
