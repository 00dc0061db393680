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

// KinD: Zhang, Zhang and Guo, arXiv 1905.04161, section 3. Terms and weights follow the authors' code, which differs
// from the paper in places: the reflectance term is an L1 norm and the smoothness term's floor is 0.01.

/** The grey of the authors' code, whose weights sum to 0.9999. */
const greyWeights = [0.2989, 0.587, 0.114] as const;

/** What of the decomposition's loss can be weighed otherwise than in the authors' code. */
export interface KindDecompositionWeights {
  /** Of the two reflectances' difference; 0.01 in the authors' code. */
  readonly equalReflectance: number;
  /** Of edges that an illumination has and its picture has not; 0.15 there. */
  readonly smoothness: number;
  /** Over what edges are normalised; the batch there. */
  readonly edgesOver: EdgeScale;
  /**
   * Of the illumination's distance from the largest of R, G and B, in means over 8x8 pixels; 0 there. An addition of
   * ours: without it nothing says how the picture's brightness is shared out, and illuminations end up all grey.
   */
  readonly envelope: number;
}

const authorsWeights: KindDecompositionWeights = {
  equalReflectance: 0.01,
  smoothness: 0.15,
  edgesOver: "batch",
  envelope: 0,
};

/**
 * The decomposition's loss: both exposures are rebuilt, share their reflectance, and have illuminations that are
 * smooth but for edges which both have and the picture shows.
 *
 * @param weights the authors' where they are left out.
 */
export function kindDecompositionLoss(
  { low, high, lowLayers, highLayers }: DecomposedPair,
  { equalReflectance, smoothness, edgesOver, envelope }: KindDecompositionWeights = authorsWeights,
): LossTerms {
  const rebuild = ({ reflectance, illumination }: Layers, image: Tensor) =>
    meanAbsoluteError(mul(reflectance, illumination), image);
  const [lowEdges, highEdges] = [lowLayers, highLayers].map(({ illumination }) =>
    normaliseEdges(illumination, edgesOver),
  );
  const excess = (edges: Edges, image: Tensor) =>
    excessEdges(edges, normaliseEdges(greyOf(image, greyWeights), edgesOver));
  const terms = {
    "reconstruction-low": rebuild(lowLayers, low),
    "reconstruction-high": rebuild(highLayers, high),
    "equal-reflectance": meanAbsoluteError(lowLayers.reflectance, highLayers.reflectance),
    "mutual-edges": mutualEdges(lowEdges!, highEdges!),
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

/** How far an illumination lies from the largest channel, in means over 8x8 pixels: details and noise are not its own. */
function envelopeError({ illumination }: Layers, image: Tensor): Tensor {
  const coarse = (map: Tensor) => averageBlocks2(averageBlocks2(averageBlocks2(map)));
  return meanAbsoluteError(coarse(illumination), coarse(reduceMax(image, [1])));
}

/** Edges M of both illuminations together, M exp(-10 M): strong ones that both have cost nothing, weak ones do. */
function mutualEdges(low: Edges, high: Edges): Tensor {
  const penalty = (a: Tensor, b: Tensor) => {
    const both = add(a, b);
    return mul(both, exp(mul(both, -10)));
  };
  return meanOf(add(penalty(low.x, high.x), penalty(low.y, high.y)));
}

/** Edges of the illumination where the picture has none. */
function excessEdges(edges: Edges, pictured: Edges): Tensor {
  const excess = (edge: Tensor, seen: Tensor) => abs(div(edge, max(seen, 0.01)));
  return meanOf(add(excess(edges.x, pictured.x), excess(edges.y, pictured.y)));
}

/**
 * What the restoration is trained towards: the well-lit reflectance to a power.
 *
 * @param power 1.2 in the authors' code, for a little more contrast.
 */
export function kindRestorationTarget(highReflectance: Tensor, power = 1.2): Tensor {
  return power === 1 ? highReflectance : pow(highReflectance, power);
}

/**
 * The restoration's loss: pixels, structure and edges of the restored reflectance against the target.
 *
 * @param restored [batch, 3, height, width], 0 to 1, sides of at least 11 px.
 * @param lit an addition of ours: the same under the bright picture's illumination, which is how errors are seen.
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

/** The adjustment's loss: the illumination and its edges against those of the other exposure. */
export function kindAdjustmentLoss(adjusted: Tensor, target: Tensor): LossTerms {
  return weighTerms(
    { square: meanSquaredError(adjusted, target), edges: edgeError(adjusted, target) },
    { square: 1, edges: 1 },
  );
}

/** What comes out of restoration and adjustment together, and what should. */
export interface KindResults {
  /** The dark picture at the bright one's light, [batch, 3, height, width], encoded, 0 to 1. */
  readonly enhanced: Tensor;
  /** The bright picture. */
  readonly target: Tensor;
  /** The bright illumination at the dark picture's light, [batch, 1, height, width]. */
  readonly darkened: Tensor;
  readonly darkTarget: Tensor;
}

/**
 * The loss of restoration and adjustment together: pixels and structure of the result, and an illumination that can
 * still be darkened. Ours, not the paper's.
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
