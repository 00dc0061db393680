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

/** What the authors' blind evaluation mixes its result from. */
export interface FusionParts {
  /** The stretched picture. */
  readonly image: Tensor;
  /** Its own layers. */
  readonly low: Layers;
  /** The restored reflectance. */
  readonly restored: Tensor;
  /** The adjusted illumination. */
  readonly adjusted: Tensor;
}

/**
 * Puts a picture together so that its darkest regions do not turn grey and its bright ones do not burn out:
 * g = min(sqrt(2 blur(grey(R_low))), 1); fusion = R_restored g L_adjusted; out = L_low I + (1 - L_low) fusion.
 *
 * In the authors' evaluate.py, not in the paper. Grey is 0.2125 R + 0.7154 G + 0.0721 B, the blur a Gaussian of
 * sigma 3 px cut off at 12 px.
 */
export function kindFusion({ image, low, restored, adjusted }: FusionParts): Tensor {
  const grey = greyOf(low.reflectance, [0.2125, 0.7154, 0.0721]); // [n, 1, h, w]
  const guard = min(sqrt(mul(gaussianBlur(grey, 3, 12, "edge"), 2)), 1);
  const fusion = mul(mul(restored, guard), adjusted); // [n, 3, h, w]
  return add(mul(low.illumination, image), mul(sub(1, low.illumination), fusion));
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
  const low = kindDecomposition(scope.at("decomposition"), stretched);
  const restored = kindRestoration(scope.at("restoration"), low);
  const adjusted = adjustTo(scope, low.illumination, reshape(ratio, [1, 1, 1, 1]));
  return clip(kindFusion({ image: stretched, low, restored, adjusted }), 0, 1);
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
