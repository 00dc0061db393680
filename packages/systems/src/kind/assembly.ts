import type { Layers } from "@kindling/nets";
import {
  add,
  clip,
  div,
  expand,
  gaussianBlur,
  greyOf,
  max,
  min,
  mul,
  reduceMax,
  reduceMean,
  reduceMin,
  reshape,
  type Scope,
  shapeOf,
  sqrt,
  sub,
  type Tensor,
} from "@kindling/nets";
import { leastRange, ratioFloor } from "./facts.ts";
import { kindAdjustment, kindDecomposition, kindRestoration } from "./kind.ts";

/**
 * Stretches each picture to the full range by its own least and greatest value over all channels, as every picture is
 * before KinD sees it. A range below 0.001 is not stretched further.
 */
export function stretchRange(image: Tensor): Tensor {
  const least = reduceMin(image, [1, 2, 3]); // [n, 1, 1, 1]
  const range = sub(reduceMax(image, [1, 2, 3]), least);
  return div(sub(image, least), max(range, leastRange));
}

/**
 * What KinD works on: encoded values as in the paper, or their square roots, an addition of ours.
 *
 * Roots spread the darks, where noise is, and halve the range of light levels in stops: real night pairs, whose encoded
 * means differ by a factor of 10 to 18, then ask for 3 to 4.3, within the range of 5 that KinD's level has.
 */
export type KindTone = "encoded" | "root";

/** Far below any step of 16 bits: at 0 itself a square root has no slope. */
const leastRooted = 1e-8;

/** A stretched picture, 0 to 1, in the tone that the nets work on. */
export function intoTone(stretched: Tensor, tone: KindTone): Tensor {
  return tone === "root" ? sqrt(max(stretched, leastRooted)) : stretched;
}

/** A picture in the tone that the nets work on, encoded again. */
export function outOfTone(image: Tensor, tone: KindTone): Tensor {
  return tone === "root" ? mul(image, image) : image;
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
export function kindAnalysis(scope: Scope, stretched: Tensor, tone: KindTone = "encoded"): KindAnalysis {
  const low = kindDecomposition(scope.at("decomposition"), intoTone(stretched, tone));
  const restored = kindRestoration(scope.at("restoration"), low);
  return { ...low, restored, guard: darknessGuard(low.reflectance) };
}

/** How an analysed picture shall be lit. */
export interface KindLight {
  /** The wanted light over the present light, 1 as it is, up to 5: a plane [batch, 1, height, width]. */
  readonly ratio: Tensor;
  /** Share of the restored reflectance in the one that is used, the rest being as it was split off: [1], 0 to 1. */
  readonly denoise: Tensor;
  /** Strength of the blend with the picture and of the guard: [1], 0 to 1. */
  readonly keepHighlights: Tensor;
}

/**
 * The quick half of KinD: brings an analysed picture to a light level.
 *
 * With both strengths 1 this is the blind inference of the authors' evaluate.py; with `keepHighlights` 0 it is
 * reflectance times adjusted illumination, as in the paper. In between the weight L of the picture in the blend and the
 * guard's distance from 1 are scaled.
 *
 * @param stretched the picture that was analysed.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindRelight(
  scope: Scope,
  stretched: Tensor,
  { reflectance, illumination, restored, guard }: KindAnalysis,
  { ratio, denoise, keepHighlights }: KindLight,
  tone: KindTone = "encoded",
): Tensor {
  const blend = {
    restored: add(reflectance, mul(sub(restored, reflectance), denoise)),
    illumination: mul(illumination, keepHighlights),
    guard: sub(1, mul(sub(1, guard), keepHighlights)),
  };
  const adjusted = kindAdjustment(scope.at("adjustment"), illumination, ratio);
  return outOfTone(clip(kindFusion(intoTone(stretched, tone), blend, adjusted), 0, 1), tone);
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
export function kindBlind(scope: Scope, image: Tensor, ratio: Tensor, tone: KindTone = "encoded"): Tensor {
  const stretched = stretchRange(image);
  const analysis = kindAnalysis(scope, stretched, tone);
  const adjusted = adjustTo(scope, analysis.illumination, reshape(ratio, [1, 1, 1, 1]));
  return outOfTone(clip(kindFusion(intoTone(stretched, tone), analysis, adjusted), 0, 1), tone);
}

/**
 * KinD as the paper's table was made: the light level comes from the ground truth, ratio = mean(L_high / (L_low +
 * 0.0001)), and the result is R_restored L_adjusted. Figures made this way are not those of blind use.
 *
 * @param image the dark picture, [batch, 3, height, width], 0 to 1.
 * @param reference the same scene well lit, of the same shape.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindWithReference(scope: Scope, image: Tensor, reference: Tensor, tone: KindTone = "encoded"): Tensor {
  const layersOf = (picture: Tensor) =>
    kindDecomposition(scope.at("decomposition"), intoTone(stretchRange(picture), tone));
  const [low, high] = [layersOf(image), layersOf(reference)];
  const ratio = reduceMean(div(high.illumination, add(low.illumination, ratioFloor)), [1, 2, 3]); // [n, 1, 1, 1]
  const restored = kindRestoration(scope.at("restoration"), low);
  return outOfTone(mul(restored, adjustTo(scope, low.illumination, ratio)), tone);
}

function adjustTo(scope: Scope, illumination: Tensor, ratio: Tensor): Tensor {
  return kindAdjustment(scope.at("adjustment"), illumination, expand(ratio, shapeOf(illumination)));
}
