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
 * Stretches each picture to the full range by its least and greatest value over all channels: KinD's input. A range below
 * 0.001 counts as 0.001.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 */
export function stretchRange(image: Tensor): Tensor {
  const least = reduceMin(image, [1, 2, 3]); // [n, 1, 1, 1]
  const range = sub(reduceMax(image, [1, 2, 3]), least);
  return div(sub(image, least), max(range, leastRange));
}

/**
 * The values that KinD works on: encoded ones as in the paper, or their square roots, an addition of ours.
 *
 * Roots give dark values, where the noise is, a larger share of the range, and halve light levels in stops: night pairs whose
 * encoded means differ by a factor of 10 to 18 need levels of 3 to 4.3, within KinD's range of 5.
 */
export type KindTone = "encoded" | "root";

/** Lower limit of the values rooted, far below a step of 16 bits: at 0 the root has no finite slope. */
const leastRooted = 1e-8;

/** Converts a stretched picture, 0 to 1, to the tone of the nets. */
export function intoTone(stretched: Tensor, tone: KindTone): Tensor {
  return tone === "root" ? sqrt(max(stretched, leastRooted)) : stretched;
}

/** Converts a picture in the tone of the nets to encoded values. */
export function outOfTone(image: Tensor, tone: KindTone): Tensor {
  return tone === "root" ? mul(image, image) : image;
}

/** Output of KinD's analysis: maps that do not depend on the light level. */
export interface KindAnalysis extends Layers {
  /** The reflectance without noise and colour cast, [batch, 3, height, width]. */
  readonly restored: Tensor;
  /** How reliable each region's reflectance is, [batch, 1, height, width], 0 to 1: see `darknessGuard`. */
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

/** How `kindRelight` lights a picture. */
export interface KindLight {
  /** The wanted light divided by the present light, 0 to 5: [batch, 1, height, width]. */
  readonly ratio: Tensor;
  /** Share of the restored reflectance, [1], 0 to 1; the rest is the unrestored one. */
  readonly denoise: Tensor;
  /** Strength of the blend with the picture and of the guard: [1], 0 to 1. */
  readonly keepHighlights: Tensor;
}

/**
 * The quick half of KinD: brings an analysed picture to a light level.
 *
 * With both strengths 1 this is the blind inference of the authors' evaluate.py; with `keepHighlights` 0 it is
 * reflectance times adjusted illumination, as in the paper. In between, `keepHighlights` scales the picture's weight L in
 * the blend and the guard's distance from 1.
 *
 * @param stretched the analysed picture, [batch, 3, height, width], stretched to its full range.
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
 * Computes the guard: near 0 where a reflectance is dark even after a blur, else 1: min(sqrt(2 blur(grey(R))), 1). Grey is
 * 0.2125 R + 0.7154 G + 0.0721 B, the blur a Gaussian of sigma 3 px cut off at 12 px.
 *
 * Source: the authors' evaluate.py; it is not in the paper.
 */
export function darknessGuard(reflectance: Tensor): Tensor {
  const grey = greyOf(reflectance, [0.2125, 0.7154, 0.0721]); // [n, 1, h, w]
  return min(sqrt(mul(gaussianBlur(grey, 3, 12, "edge"), 2)), 1);
}

/**
 * Puts a picture together so that its darkest regions do not turn grey and its bright ones do not burn out:
 * L_low I + (1 - L_low) R_restored guard L_adjusted.
 *
 * Source: the authors' evaluate.py; it is not in the paper.
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
 * KinD from picture to picture at a given light level, without a reference, as in the authors' evaluate.py.
 *
 * @param image [batch, 3, height, width], 0 to 1 as encoded for display.
 * @param ratio the wanted light divided by the present light, [1], 0 to 5; 1 keeps the light.
 * @returns the enhanced picture, 0 to 1.
 */
export function kindBlind(scope: Scope, image: Tensor, ratio: Tensor, tone: KindTone = "encoded"): Tensor {
  const stretched = stretchRange(image);
  const analysis = kindAnalysis(scope, stretched, tone);
  const adjusted = adjustTo(scope, analysis.illumination, reshape(ratio, [1, 1, 1, 1]));
  return outOfTone(clip(kindFusion(intoTone(stretched, tone), analysis, adjusted), 0, 1), tone);
}

/**
 * KinD as in the paper's table: the light level comes from the ground truth, ratio = mean(L_high / (L_low + 0.0001)), and
 * the result is R_restored L_adjusted. Do not compare its figures with those of blind results.
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
