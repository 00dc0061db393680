import { abs, constant, type LossTerms, meanOf, mul, sub, type Tensor } from "@kindling/nets";

/**
 * Weights of red, green and blue in GLADNet's loss: `paper` by their share of luminance; `official` with red and blue
 * exchanged, since the authors' code applies weights for B, G, R to R, G, B.
 */
export type GladnetWeights = "paper" | "official";

const channelWeights: Readonly<Record<GladnetWeights, readonly number[]>> = {
  paper: [0.29891, 0.58661, 0.11448],
  official: [0.11448, 0.58661, 0.29891],
};

/**
 * Computes GLADNet's loss: the mean over all values of |(Y' - Y) w|. Source: Wang, Wei, Yang and Liu, FG 2018, section III.C.
 *
 * @param enhanced [batch, 3, height, width], as is `target`.
 */
export function gladnetLoss(enhanced: Tensor, target: Tensor, weights: GladnetWeights = "paper"): LossTerms {
  const channels = constant(channelWeights[weights], [3, 1, 1]);
  return { total: meanOf(abs(mul(sub(enhanced, target), channels))) };
}
