import { gaussianBlur } from "../graph/blur.ts";
import {
  add,
  clip,
  div,
  expand,
  max,
  min,
  mul,
  reduceMax,
  reduceMean,
  reduceMin,
  reshape,
  shapeOf,
  sqrt,
  sub,
} from "../graph/builders.ts";
import { greyOf } from "../graph/layers.ts";
import type { Scope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import { kindAdjustment, kindDecomposition, kindRestoration, type Layers } from "./kind.ts";

/**
 * Stretches each picture to the full range by its own least and greatest value over all channels, as every picture is
 * before KinD sees it. A range below 0.001 is not stretched further.
 */
export function stretchRange(image: Tensor): Tensor {
  const least = reduceMin(image, [1, 2, 3]); // [n, 1, 1, 1]
  const range = sub(reduceMax(image, [1, 2, 3]), least);
  return div(sub(image, least), max(range, 0.001));
}

/** What KinD finds out about a picture before it is told how light to make it. */
export interface KindAnalysis extends Layers {
  /** The reflectance without noise and colour cast, [batch, 3, height, width]. */
  readonly restored: Tensor;
  /** How far each region's reflectance can be trusted, [batch, 1, height, width], 0 to 1: see `darknessGuard`. */
  readonly guard: Tensor;
}

/**
 * The costly half of KinD, which does not depend on the light level: decomposition and restoration.
 *
 * @param stretched [batch, 3, height, width], stretched to its full range.
 */
export function kindAnalysis(scope: Scope, stretched: Tensor): KindAnalysis {
  const low = kindDecomposition(scope.at("decomposition"), stretched);
  const restored = kindRestoration(scope.at("restoration"), low);
  return { ...low, restored, guard: darknessGuard(low.reflectance) };
}

/**
 * The quick half of KinD: brings an analysed picture to a light level.
 *
 * @param stretched the picture that was analysed.
 * @param ratio the wanted light over the present light, one number [1]: 1 as it is, up to 5.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindRelight(
  scope: Scope,
  stretched: Tensor,
  analysis: Omit<KindAnalysis, "reflectance">,
  ratio: Tensor,
): Tensor {
  const adjusted = adjustTo(scope, analysis.illumination, reshape(ratio, [1, 1, 1, 1]));
  return clip(kindFusion(stretched, analysis, adjusted), 0, 1);
}

/**
 * Near 0 where a reflectance is dark even after a blur, 1 where it is not: min(sqrt(2 blur(grey(R))), 1). Grey is
 * 0.2125 R + 0.7154 G + 0.0721 B, the blur a Gaussian of sigma 3 px cut off at 12 px.
 *
 * In the authors' evaluate.py, not in the paper.
 */
export function darknessGuard(reflectance: Tensor): Tensor {
  const grey = greyOf(reflectance, [0.2125, 0.7154, 0.0721]); // [n, 1, h, w]
  return min(sqrt(mul(gaussianBlur(grey, 3, 12, "edge"), 2)), 1);
}

/**
 * Puts a picture together so that its darkest regions do not turn grey and its bright ones do not burn out:
 * L_low I + (1 - L_low) R_restored guard L_adjusted.
 *
 * In the authors' evaluate.py, not in the paper.
 */
export function kindFusion(
  stretched: Tensor,
  { illumination, restored, guard }: Omit<KindAnalysis, "reflectance">,
  adjusted: Tensor,
): Tensor {
  const fusion = mul(mul(restored, guard), adjusted); // [n, 3, h, w]
  return add(mul(illumination, stretched), mul(sub(1, illumination), fusion));
}

/**
 * KinD as a user runs it, with the light level given and no reference (the authors' evaluate.py).
 *
 * @param image [batch, 3, height, width], 0 to 1 as encoded for display.
 * @param ratio the wanted light over the present light, one number [1]: 1 as it is, up to 5.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindBlind(scope: Scope, image: Tensor, ratio: Tensor): Tensor {
  const stretched = stretchRange(image);
  return kindRelight(scope, stretched, kindAnalysis(scope, stretched), ratio);
}

/**
 * KinD as the paper's table was made: the light level comes from the ground truth, ratio = mean(L_high / (L_low +
 * 0.0001)), and the result is R_restored L_adjusted. Figures made this way are not those of blind use.
 *
 * @param image the dark picture, [batch, 3, height, width], 0 to 1.
 * @param reference the same scene well lit, of the same shape.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindWithReference(scope: Scope, image: Tensor, reference: Tensor): Tensor {
  const low = kindDecomposition(scope.at("decomposition"), stretchRange(image));
  const high = kindDecomposition(scope.at("decomposition"), stretchRange(reference));
  const ratio = reduceMean(div(high.illumination, add(low.illumination, 1e-4)), [1, 2, 3]); // [n, 1, 1, 1]
  const restored = kindRestoration(scope.at("restoration"), low);
  return mul(restored, adjustTo(scope, low.illumination, ratio));
}

function adjustTo(scope: Scope, illumination: Tensor, ratio: Tensor): Tensor {
  return kindAdjustment(scope.at("adjustment"), illumination, expand(ratio, shapeOf(illumination)));
}
