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

/** Pictures brought to the light of other exposures of the same scenes; the first of them are the darker ones. */
export interface EmberResults {
  /** What was looked at, [batch, 3, height, width], 0 to 1. */
  readonly image: Tensor;
  readonly analysis: EmberAnalysis;
  /** The pictures at the light of the other exposure. */
  readonly enhanced: Tensor;
  /** The other exposure. */
  readonly target: Tensor;
  /** The dark pictures, which come first, at the light that was predicted; the others are the first of them reversed. */
  readonly blind: Tensor;
  /** The light that was predicted, [batch, 1, 1, 1]. */
  readonly light: Tensor;
  /** The light that should be predicted. */
  readonly wantedLight: Tensor;
  /** 1 where the wanted light is known, 0 where the brighter exposure is no good one either. */
  readonly trusted: Tensor;
}

/** What each term counts; 0 leaves it out. */
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

/** The weights Ember is trained with. */
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

/** The share of pixels below which the illumination is to lie: it is an envelope of the picture, not its mean. */
const envelopeQuantile = 0.9;

/** Ember's loss: see docs/EMBER.md for what each term is there for. */
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
    // The noise of a dark target is no structure.
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

/** Means over blocks of 2^times pixels a side. */
function blocks(x: Tensor, times: number): Tensor {
  return times === 0 ? x : blocks(averageBlocks2(x), times - 1);
}

/** Red against green, and both against blue, as orthonormal axes, in means over 4x4 pixels: [batch, 2, height/4, width/4]. */
function chromaOf(image: Tensor): Tensor {
  const [a, b] = [Math.SQRT1_2, 1 / Math.sqrt(6)];
  return blocks(conv(image, constant([a, -a, 0, b, b, -2 * b], [2, 3, 1, 1])), 2);
}

/** Least where `x` lies above so many of the values around it. */
function quantileError(x: Tensor, values: Tensor): Tensor {
  const above = sub(values, x);
  return meanOf(max(mul(above, envelopeQuantile), mul(above, envelopeQuantile - 1)));
}

/** Steps of a map from one position to the next, as far as a guide has none there. */
function roughness(map: Tensor, guide: Tensor): Tensor {
  const along = (axis: number) => {
    const side = map.shape[axis] as number;
    const step = (x: Tensor) => abs(sub(slice(x, axis, 1, side), slice(x, axis, 0, side - 1)));
    return meanOf(mul(step(map), exp(mul(step(guide), -10))));
  };
  return add(along(2), along(3));
}
