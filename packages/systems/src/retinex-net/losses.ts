import type { DecomposedPair, Layers } from "@kindling/nets";
import {
  add,
  averagePool,
  edgesOf,
  exp,
  greyOf,
  type LossTerms,
  meanAbsoluteError,
  meanOf,
  mul,
  type Tensor,
  weighTerms,
} from "@kindling/nets";

// RetinexNet: Wei, Wang, Yang and Liu, BMVC 2018, arXiv 1808.04560, section 3, with the weights of the authors' code.

/**
 * Computes Decom-Net's loss: each exposure is rebuilt from its own layers and, with a small weight, from the other's
 * reflectance; the reflectances are equal; illuminations are smooth where the reflectance is.
 */
export function retinexNetDecompositionLoss({ low, high, lowLayers, highLayers }: DecomposedPair): LossTerms {
  const rebuild = (from: Layers, lit: Layers, image: Tensor) =>
    meanAbsoluteError(mul(from.reflectance, lit.illumination), image);
  return weighTerms(
    {
      "reconstruction-low": rebuild(lowLayers, lowLayers, low),
      "reconstruction-high": rebuild(highLayers, highLayers, high),
      "mutual-low": rebuild(highLayers, lowLayers, low),
      "mutual-high": rebuild(lowLayers, highLayers, high),
      "equal-reflectance": meanAbsoluteError(lowLayers.reflectance, highLayers.reflectance),
      "smooth-low": structureAwareSmoothness(lowLayers.illumination, lowLayers.reflectance),
      "smooth-high": structureAwareSmoothness(highLayers.illumination, highLayers.reflectance),
    },
    {
      "reconstruction-low": 1,
      "reconstruction-high": 1,
      "mutual-low": 0.001,
      "mutual-high": 0.001,
      "equal-reflectance": 0.01,
      "smooth-low": 0.1,
      "smooth-high": 0.1,
    },
  );
}

/**
 * Computes Enhance-Net's loss: the error of reflectance times new illumination, and the roughness of the latter.
 *
 * @param low layers of the dark picture.
 * @param relit the new illumination, [batch, 1, height, width].
 * @param high the well-lit picture, [batch, 3, height, width], 0 to 1.
 */
export function retinexNetRelightLoss(low: Layers, relit: Tensor, high: Tensor): LossTerms {
  return weighTerms(
    {
      relight: meanAbsoluteError(mul(low.reflectance, relit), high),
      smooth: structureAwareSmoothness(relit, low.reflectance),
    },
    { relight: 1, smooth: 3 },
  );
}

/** The mean edge of the illumination; edges that the reflectance shares weigh less: mean e_I exp(-10 mean3x3(e_R)). */
function structureAwareSmoothness(illumination: Tensor, reflectance: Tensor): Tensor {
  const [light, matter] = [edgesOf(illumination), edgesOf(greyOf(reflectance, [0.2989, 0.587, 0.114]))];
  const excess = (edge: Tensor, around: Tensor) => mul(edge, exp(mul(averagePool(around, 3), -10)));
  return meanOf(add(excess(light.x, matter.x), excess(light.y, matter.y)));
}
