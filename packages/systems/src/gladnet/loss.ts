import { abs, constant, type LossTerms, meanOf, mul, sub, type Tensor } from "@kindling/nets";

/**
 * What red, green and blue count in GLADNet's loss: `paper` by their part in luminance; `official` with red and blue
 * exchanged, as the authors' code has it, which applies weights meant for B, G, R to R, G, B.
 */
export type GladnetWeights = "paper" | "official";

const channelWeights: Readonly<Record<GladnetWeights, readonly number[]>> = {
  paper: [0.29891, 0.58661, 0.11448],
  official: [0.11448, 0.58661, 0.29891],
};

/**
 * GLADNet's loss: the mean over all values of |(Y' - Y) w|. Source: Wang, Wei, Yang and Liu, FG 2018, section III.C.
 *
 * @param enhanced [batch, 3, height, width].
 */
export function gladnetLoss(enhanced: Tensor, target: Tensor, weights: GladnetWeights = "paper"): LossTerms {
  const channels = constant(channelWeights[weights], [3, 1, 1]);
  return { total: meanOf(abs(mul(sub(enhanced, target), channels))) };
}
