import {
  abs,
  add,
  averageBlocks2,
  constant,
  conv,
  div,
  exp,
  greyOf,
  type LossTerms,
  log,
  max,
  meanAbsoluteError,
  meanOf,
  mul,
  reduceMax,
  slice,
  sqrt,
  ssim,
  sub,
  type Tensor,
  weighTerms,
} from "@kindling/nets";
import type { EmberAnalysis } from "./ember.ts";

/** What a training step computes. A batch holds all dark pictures, then the bright ones of its first few pairs. */
export interface EmberResults {
  /** The input pictures, [batch, 3, height, width], 0 to 1. */
  readonly image: Tensor;
  readonly analysis: EmberAnalysis;
  /** The input pictures at the light level of the other exposure. */
  readonly enhanced: Tensor;
  /** The other exposure of each scene. */
  readonly target: Tensor;
  /** The dark pictures, which are the first of the batch, at the predicted light level. */
  readonly blind: Tensor;
  /** The predicted light level, [batch, 1, 1, 1]. */
  readonly light: Tensor;
  /** The light level that the prediction should equal. */
  readonly wantedLight: Tensor;
  /** 1 where `wantedLight` is reliable; 0 where the brighter exposure is not the best of its scene. */
  readonly trusted: Tensor;
}

/** The weight of each term, 0 or more; 0 leaves the term out. */
export interface EmberLossWeights {
  readonly pixels: number;
  readonly structure: number;
  readonly colour: number;
  readonly blind: number;
  readonly light: number;
  readonly reflectance: number;
  readonly identity: number;
  readonly rebuild: number;
  readonly envelope: number;
  readonly smooth: number;
}

/** The weights that Ember is trained with. */
export const emberLossWeights: EmberLossWeights = {
  pixels: 1,
  structure: 0.2,
  colour: 0.5,
  blind: 0.5,
  light: 0.1,
  reflectance: 0.05,
  identity: 0.2,
  rebuild: 0.2,
  envelope: 0.1,
  smooth: 0.05,
};

const greyWeights = [0.299, 0.587, 0.114] as const;

/** The illumination should lie above this share of the pixels around it: it is their envelope, not their mean. */
const envelopeQuantile = 0.9;

/** Computes Ember's loss; docs/EMBER.md explains each term. */
export function emberLoss(results: EmberResults, weights: EmberLossWeights = emberLossWeights): LossTerms {
  const { image, analysis, enhanced, target, blind, light, wantedLight, trusted } = results;
  const { reflectance, illumination } = analysis;
  const [all, brightened] = [image.shape[0] as number, blind.shape[0] as number];
  const dark = (x: Tensor) => slice(x, 0, 0, brightened);
  const bright = (x: Tensor) => slice(x, 0, brightened, all);
  const root = mul(reflectance, illumination);
  const spread = sqrt(max(image, 0));
  const terms = {
    pixels: meanAbsoluteError(enhanced, target),
    // Only against bright targets: the noise of a dark one is not structure.
    structure: sub(1, ssim(greyOf(dark(enhanced), greyWeights), greyOf(dark(target), greyWeights))),
    colour: meanAbsoluteError(chromaOf(enhanced), chromaOf(target)),
    blind: meanOf(mul(abs(sub(blind, dark(target))), dark(trusted))),
    light: meanOf(mul(abs(log(div(light, wantedLight))), trusted)),
    reflectance: meanAbsoluteError(slice(reflectance, 0, 0, all - brightened), bright(reflectance)),
    identity: meanAbsoluteError(mul(bright(root), bright(root)), bright(image)),
    rebuild: meanAbsoluteError(blocks(greyOf(root, greyWeights), 3), blocks(greyOf(spread, greyWeights), 3)),
    envelope: quantileError(blocks(illumination, 2), blocks(reduceMax(spread, [1]), 2)),
    smooth: roughness(blocks(illumination, 2), blocks(greyOf(sqrt(max(target, 0)), greyWeights), 2)),
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

/**
 * The pinball loss: least where `x` lies above the share `envelopeQuantile` of `values`. Source: Koenker and Bassett,
 * Regression quantiles, Econometrica 46 (1978).
 */
function quantileError(x: Tensor, values: Tensor): Tensor {
  const above = sub(values, x);
  return meanOf(max(mul(above, envelopeQuantile), mul(above, envelopeQuantile - 1)));
}

/** The mean step of a map between neighbouring positions; a step s of the guide there weighs it down by exp(-10 s). */
function roughness(map: Tensor, guide: Tensor): Tensor {
  const along = (axis: number) => {
    const side = map.shape[axis] as number;
    const step = (x: Tensor) => abs(sub(slice(x, axis, 1, side), slice(x, axis, 0, side - 1)));
    return meanOf(mul(step(map), exp(mul(step(guide), -10))));
  };
  return add(along(2), along(3));
}
