import { abs, add, div, exp, max, mul, pow, sub } from "../graph/builders.ts";
import { greyOf } from "../graph/layers.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Layers } from "../networks/kind.ts";
import { type Edges, edgeError, normalisedEdgesOf } from "./edges.ts";
import { type LossTerms, weighted } from "./loss-terms.ts";
import { meanAbsoluteError, meanOf, meanSquaredError } from "./pixel-errors.ts";
import { ssim } from "./ssim.ts";

// KinD: Zhang, Zhang and Guo, arXiv 1905.04161, section 3. Terms and weights follow the authors' code, which differs
// from the paper in places: the reflectance term is an L1 norm and the smoothness term's floor is 0.01.

/** The grey of the authors' code, whose weights sum to 0.9999. */
const greyWeights = [0.2989, 0.587, 0.114] as const;

/** Two exposures of one scene and the layers the decomposition net found in them. */
export interface DecomposedPair {
  /** [batch, 3, height, width], 0 to 1, stretched. */
  readonly low: Tensor;
  readonly high: Tensor;
  readonly lowLayers: Layers;
  readonly highLayers: Layers;
}

/**
 * The decomposition's loss: both exposures are rebuilt, share their reflectance, and have illuminations that are
 * smooth but for edges which both have and the picture shows.
 *
 * Edges are normalised over the whole batch, so that its pictures are coupled.
 */
export function kindDecompositionLoss({ low, high, lowLayers, highLayers }: DecomposedPair): LossTerms {
  const rebuild = ({ reflectance, illumination }: Layers, image: Tensor) =>
    meanAbsoluteError(mul(reflectance, illumination), image);
  const [lowEdges, highEdges] = [lowLayers, highLayers].map(({ illumination }) => normalisedEdgesOf(illumination));
  return weighted(
    {
      "reconstruction-low": rebuild(lowLayers, low),
      "reconstruction-high": rebuild(highLayers, high),
      "equal-reflectance": meanAbsoluteError(lowLayers.reflectance, highLayers.reflectance),
      "mutual-edges": mutualEdges(lowEdges!, highEdges!),
      "smooth-low": smoothness(lowEdges!, low),
      "smooth-high": smoothness(highEdges!, high),
    },
    {
      "reconstruction-low": 1,
      "reconstruction-high": 1,
      "equal-reflectance": 0.01,
      "mutual-edges": 0.2,
      "smooth-low": 0.15,
      "smooth-high": 0.15,
    },
  );
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
function smoothness(edges: Edges, image: Tensor): Tensor {
  const pictured = normalisedEdgesOf(greyOf(image, greyWeights));
  const excess = (edge: Tensor, seen: Tensor) => abs(div(edge, max(seen, 0.01)));
  return meanOf(add(excess(edges.x, pictured.x), excess(edges.y, pictured.y)));
}

/**
 * What the restoration is trained towards: the well-lit reflectance with a little more contrast, R^1.2, as in the
 * authors' code.
 */
export function kindRestorationTarget(highReflectance: Tensor): Tensor {
  return pow(highReflectance, 1.2);
}

/**
 * The restoration's loss: pixels, structure and edges of the restored reflectance against the target.
 *
 * @param restored [batch, 3, height, width], 0 to 1, sides of at least 11 px.
 */
export function kindRestorationLoss(restored: Tensor, target: Tensor): LossTerms {
  return weighted(
    {
      square: meanSquaredError(restored, target),
      edges: edgeError(greyOf(restored, greyWeights), greyOf(target, greyWeights)),
      dissimilarity: sub(1, ssim(restored, target)),
    },
    { square: 1, edges: 1, dissimilarity: 1 },
  );
}

/** The adjustment's loss: the illumination and its edges against those of the other exposure. */
export function kindAdjustmentLoss(adjusted: Tensor, target: Tensor): LossTerms {
  return weighted(
    { square: meanSquaredError(adjusted, target), edges: edgeError(adjusted, target) },
    { square: 1, edges: 1 },
  );
}
