import {
  abs,
  add,
  averageBlocks2,
  clip,
  constant,
  conv,
  div,
  greyOf,
  type LossTerms,
  max,
  meanAbsoluteError,
  meanOf,
  mul,
  reduceMean,
  slice,
  ssim,
  sub,
  type Tensor,
  weighTerms,
} from "@kindling/nets";
import { aboveBlack } from "./ember.ts";
import { spread } from "./spread.ts";

/** What a training step computes. */
export interface EmberResults {
  /** The input pictures, [batch, 3, height, width], 0 to 1. */
  readonly image: Tensor;
  /** Their black, encoded, [batch, 3, 1, 1]. */
  readonly black: Tensor;
  /** The input pictures without noise, black level and colour cast, as square roots. */
  readonly restored: Tensor;
  /** The pictures at automatic light. */
  readonly enhanced: Tensor;
  /** How they should look. */
  readonly target: Tensor;
  /** The grid of gains, [batch, tones, cells, cells], natural logarithms. */
  readonly gains: Tensor;
  /** The grid of the colour balance, [batch, 3, cells, cells]. */
  readonly balance: Tensor;
  /** The grid of saturation, [batch, 1, cells, cells]. */
  readonly saturation: Tensor;
  /** [batch, 1, height, width], 0 to 1. */
  readonly confidence: Tensor;
}

/** The weight of each term, 0 or more; 0 leaves the term out. */
export interface EmberLossWeights {
  readonly pixels: number;
  readonly areas: number;
  readonly equalMean: number;
  readonly structure: number;
  readonly colour: number;
  readonly rebuild: number;
  readonly smooth: number;
}

/** The weights that Ember is trained with. */
export const emberLossWeights: EmberLossWeights = {
  pixels: 1,
  areas: 0.5,
  equalMean: 0.5,
  structure: 0.3,
  colour: 0.5,
  rebuild: 0.2,
  smooth: 0.05,
};

const greyWeights = [0.299, 0.587, 0.114] as const;

/** Least and greatest factor by which `equalMean` corrects the brightness of a result. */
const correctionRange = [0.4, 2.5] as const;

/** Computes Ember's loss; docs/EMBER.md explains each term. */
export function emberLoss(results: EmberResults, weights: EmberLossWeights = emberLossWeights): LossTerms {
  const { image, black, restored, enhanced, target, gains, balance, saturation, confidence } = results;
  const grey = (x: Tensor) => greyOf(x, greyWeights);
  const mean = (x: Tensor) => reduceMean(grey(x), [1, 2, 3]); // [n, 1, 1, 1]
  const correction = clip(div(mean(target), max(mean(enhanced), 0.01)), ...correctionRange);
  const terms = {
    pixels: meanAbsoluteError(enhanced, target),
    areas: add(
      meanAbsoluteError(blocks(enhanced, 2), blocks(target, 2)),
      meanAbsoluteError(blocks(enhanced, 4), blocks(target, 4)),
    ),
    equalMean: meanAbsoluteError(mul(enhanced, correction), target),
    structure: sub(1, ssim(grey(enhanced), grey(target))),
    colour: meanAbsoluteError(chromaOf(enhanced), chromaOf(target)),
    rebuild: meanAbsoluteError(blocks(grey(restored), 3), blocks(grey(aboveBlack(spread(image), black)), 3)),
    smooth: [gains, balance, saturation, blocks(confidence, 2)].map(roughness).reduce((sum, map) => add(sum, map)),
  };
  return weighTerms(terms, Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0)));
}

/** Averages blocks of 2^times pixels a side. */
function blocks(x: Tensor, times: number): Tensor {
  return times === 0 ? x : blocks(averageBlocks2(x), times - 1);
}

/** Red minus green, and red plus green minus twice blue, on orthonormal axes; means over 4x4 pixels, [batch, 2, h/4, w/4]. */
function chromaOf(image: Tensor): Tensor {
  const [a, b] = [Math.SQRT1_2, 1 / Math.sqrt(6)];
  return blocks(conv(image, constant([a, -a, 0, b, b, -2 * b], [2, 3, 1, 1])), 2);
}

/** The mean step of a map between neighbouring positions (total variation). */
function roughness(map: Tensor): Tensor {
  const along = (axis: number) => {
    const side = map.shape[axis] as number;
    return meanOf(abs(sub(slice(map, axis, 1, side), slice(map, axis, 0, side - 1))));
  };
  return add(along(2), along(3));
}
