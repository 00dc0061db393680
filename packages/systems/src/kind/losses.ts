import {
  abs,
  add,
  averageBlocks2,
  type DecomposedPair,
  div,
  edgeError,
  exp,
  greyOf,
  type Layers,
  type LossTerms,
  max,
  meanAbsoluteError,
  meanOf,
  meanSquaredError,
  mul,
  pow,
  reduceMax,
  ssim,
  sub,
  type Tensor,
  weighTerms,
} from "@kindling/nets";
import { type EdgeScale, type Edges, normaliseEdges } from "@kindling/nets/internal";
import { type KindTone, outOfTone } from "./assembly.ts";
import { kindPaperSettings } from "./settings.ts";

// KinD: Zhang, Zhang and Guo, arXiv 1905.04161, section 3. Terms and weights follow the authors' code, which differs
// from the paper in places: the reflectance term is an L1 norm and the smoothness term's floor is 0.01.

/** The grey of the authors' code, whose weights sum to 0.9999. */
const greyWeights = [0.2989, 0.587, 0.114] as const;

/** What of the decomposition's loss can differ from the authors' code. */
export interface KindDecompositionSettings {
  /** Weight of the difference between the two reflectances; 0.01 in the authors' code. */
  readonly equalReflectance: number;
  /** Weight of illumination edges that the picture lacks; 0.15 in the authors' code. */
  readonly smoothness: number;
  /** Norm of that difference: L1 in the authors' code, L2 (its mean square) as printed in the paper. */
  readonly reflectanceNorm: "l1" | "l2";
  /** Least edge of the picture that illumination edges are divided by; 0.01 in the authors' code, 0.001 as printed. */
  readonly epsilon: number;
  /** The paper's c: the cost of edges M that both illuminations have is M exp(-c M); 10 in the authors' code. */
  readonly c: number;
  /** What edges are normalised over: the batch in the authors' code. */
  readonly edgesOver: EdgeScale;
  /**
   * Weight of the illumination's distance from the largest of R, G and B, in means over 8x8 pixels. An addition of ours, 0
   * in the authors' code: without it no term decides how brightness splits between the layers, and illuminations become
   * an even grey.
   */
  readonly envelope: number;
}

/**
 * Computes the decomposition's loss: both exposures are rebuilt, share their reflectance, and have illuminations that are
 * smooth, except at edges that both have and the picture shows.
 *
 * @param settings default those of the authors' code.
 */
export function kindDecompositionLoss(
  { low, high, lowLayers, highLayers }: DecomposedPair,
  settings: KindDecompositionSettings = kindPaperSettings,
): LossTerms {
  const { equalReflectance, reflectanceNorm, smoothness, epsilon, c, edgesOver, envelope } = settings;
  const differenceOf = { l1: meanAbsoluteError, l2: meanSquaredError }[reflectanceNorm];
  const rebuild = ({ reflectance, illumination }: Layers, image: Tensor) =>
    meanAbsoluteError(mul(reflectance, illumination), image);
  const [lowEdges, highEdges] = [lowLayers, highLayers].map(({ illumination }) =>
    normaliseEdges(illumination, edgesOver),
  );
  const excess = (edges: Edges, image: Tensor) =>
    excessEdges(edges, normaliseEdges(greyOf(image, greyWeights), edgesOver), epsilon);
  const terms = {
    "reconstruction-low": rebuild(lowLayers, low),
    "reconstruction-high": rebuild(highLayers, high),
    "equal-reflectance": differenceOf(lowLayers.reflectance, highLayers.reflectance),
    "mutual-edges": mutualEdges(lowEdges!, highEdges!, c),
    "smooth-low": excess(lowEdges!, low),
    "smooth-high": excess(highEdges!, high),
  };
  const weights = {
    "reconstruction-low": 1,
    "reconstruction-high": 1,
    "equal-reflectance": equalReflectance,
    "mutual-edges": 0.2,
    "smooth-low": smoothness,
    "smooth-high": smoothness,
  };
  if (envelope === 0) return weighTerms(terms, weights);
  const distance = add(envelopeError(lowLayers, low), envelopeError(highLayers, high));
  return weighTerms({ ...terms, envelope: distance }, { ...weights, envelope });
}

/** The illumination's distance from the largest channel, in means over 8x8 pixels, which leave out details and noise. */
function envelopeError({ illumination }: Layers, image: Tensor): Tensor {
  const coarse = (map: Tensor) => averageBlocks2(averageBlocks2(averageBlocks2(map)));
  return meanAbsoluteError(coarse(illumination), coarse(reduceMax(image, [1])));
}

/** M exp(-c M), where M is the sum of both illuminations' edges: strong edges that both have cost nothing, weak ones do. */
function mutualEdges(low: Edges, high: Edges, c: number): Tensor {
  const penalty = (a: Tensor, b: Tensor) => {
    const both = add(a, b);
    return mul(both, exp(mul(both, -c)));
  };
  return meanOf(add(penalty(low.x, high.x), penalty(low.y, high.y)));
}

/** The mean edge of the illumination over the picture's edge there. */
function excessEdges(edges: Edges, pictured: Edges, epsilon: number): Tensor {
  const excess = (edge: Tensor, seen: Tensor) => abs(div(edge, max(seen, epsilon)));
  return meanOf(add(excess(edges.x, pictured.x), excess(edges.y, pictured.y)));
}

/**
 * The target of the restoration's training: the well-lit reflectance to a power.
 *
 * @param power 1.2 in the authors' code, for a little more contrast.
 */
export function kindRestorationTarget(highReflectance: Tensor, power = 1.2): Tensor {
  return power === 1 ? highReflectance : pow(highReflectance, power);
}

/**
 * Computes the restoration's loss: pixels, structure and edges of the restored reflectance against the target.
 *
 * @param restored [batch, 3, height, width], 0 to 1, sides of at least 11 px.
 * @param lit an addition of ours: adds the error under the bright picture's illumination, as it shows in a result.
 */
export function kindRestorationLoss(
  restored: Tensor,
  target: Tensor,
  lit?: { readonly illumination: Tensor; readonly image: Tensor; readonly tone: KindTone; readonly weight: number },
): LossTerms {
  const terms = {
    square: meanSquaredError(restored, target),
    edges: edgeError(greyOf(restored, greyWeights), greyOf(target, greyWeights)),
    dissimilarity: sub(1, ssim(restored, target)),
  };
  const weights = { square: 1, edges: 1, dissimilarity: 1 };
  if (!lit) return weighTerms(terms, weights);
  const seen = meanAbsoluteError(outOfTone(mul(restored, lit.illumination), lit.tone), lit.image);
  return weighTerms({ ...terms, lit: seen }, { ...weights, lit: lit.weight });
}

/** Computes the adjustment's loss: the illumination and its edges against those of the other exposure. */
export function kindAdjustmentLoss(adjusted: Tensor, target: Tensor): LossTerms {
  return weighTerms(
    { square: meanSquaredError(adjusted, target), edges: edgeError(adjusted, target) },
    { square: 1, edges: 1 },
  );
}

/** Results of restoration and adjustment together, with their targets. */
export interface KindResults {
  /** The dark picture at the bright one's light, [batch, 3, height, width], encoded, 0 to 1. */
  readonly enhanced: Tensor;
  /** The bright picture. */
  readonly target: Tensor;
  /** The bright illumination at the dark picture's light, [batch, 1, height, width]. */
  readonly darkened: Tensor;
  /** The dark illumination. */
  readonly darkTarget: Tensor;
}

/**
 * Computes the loss of restoration and adjustment together: pixels and structure of the result, and the error of the
 * darkened illumination, so that darkening is not unlearnt. Ours, not the paper's.
 */
export function kindTogetherLoss({ enhanced, target, darkened, darkTarget }: KindResults): LossTerms {
  return weighTerms(
    {
      pixels: meanAbsoluteError(enhanced, target),
      dissimilarity: sub(1, ssim(enhanced, target)),
      darkened: meanSquaredError(darkened, darkTarget),
    },
    { pixels: 1, dissimilarity: 0.3, darkened: 1 },
  );
}
