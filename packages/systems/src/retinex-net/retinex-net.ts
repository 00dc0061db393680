import type { Layers } from "@kindling/nets";
import {
  add,
  type ConvolutionSettings,
  clip,
  concat,
  convolution,
  mul,
  pad,
  reduceMax,
  relu,
  resizeNearest,
  type Scope,
  sigmoid,
  sizeOf,
  slice,
  type Tensor,
} from "@kindling/nets";

// RetinexNet: Wei, Wang, Yang and Liu, "Deep Retinex Decomposition for Low-Light Enhancement", BMVC 2018,
// arXiv 1808.04560.

/** The parts in which published weights of RetinexNet differ. */
export interface RetinexNetVariant {
  /** Applies a convolution with its border. */
  readonly convolve: typeof convolution;
  /** Joins the features from below, already at the skip's size, with the skip, in a step up of the relighting net. */
  readonly ascend: (scope: Scope, below: Tensor, skip: Tensor) => Tensor;
}

/** The authors' net: zero padding, strided windows placed as in TensorFlow, skips added. */
const retinexNetOfAuthors: RetinexNetVariant = {
  convolve: convolution,
  ascend: (scope, below, skip) => add(relu(convolution(scope, below, { channels: 64 })), skip),
};

/**
 * The public port to PyTorch (aasharma90/RetinexNet_PyTorch): edge padding, strided windows centred, skips concatenated. The
 * port pads before its 1x1 fusion and not before its output, with the same result.
 */
export const retinexNetPort: RetinexNetVariant = {
  convolve: edgeConvolution,
  ascend: (scope, below, skip) => relu(edgeConvolution(scope, concat([below, skip], 1), { channels: 64 })),
};

function edgeConvolution(scope: Scope, x: Tensor, settings: ConvolutionSettings): Tensor {
  const border = ((settings.kernel ?? 3) - 1) / 2;
  const padded = border === 0 ? x : pad(x, [0, 0, border, border, 0, 0, border, border], "edge");
  return convolution(scope, padded, { ...settings, padding: 0 });
}

/**
 * Decom-Net: splits a picture into reflectance and illumination.
 *
 * @param image [batch, 3, height, width], 0 to 1, not stretched.
 */
export function retinexNetDecomposition(scope: Scope, image: Tensor, { convolve } = retinexNetOfAuthors): Layers {
  const brightest = reduceMax(image, [1]); // [n, 1, h, w]
  let x = convolve(scope.at("conv0"), concat([brightest, image], 1), { channels: 64, kernel: 9 }); // [n, 64, h, w]
  for (let layer = 1; layer <= 5; layer++) x = relu(convolve(scope.at(`conv${layer}`), x, { channels: 64 }));
  const both = convolve(scope.at("conv6"), x, { channels: 4 }); // [n, 4, h, w]
  return { reflectance: sigmoid(slice(both, 1, 0, 3)), illumination: sigmoid(slice(both, 1, 3, 4)) };
}

/**
 * Enhance-Net: brightens the illumination, by features of several scales.
 *
 * @returns the new illumination [batch, 1, height, width], not bounded.
 */
export function retinexNetRelight(
  scope: Scope,
  { reflectance, illumination }: Layers,
  { convolve, ascend } = retinexNetOfAuthors,
): Tensor {
  const down = (level: number, x: Tensor) => relu(convolve(scope.at(`down${level}`), x, { channels: 64, stride: 2 }));
  const up = (level: number, x: Tensor, skip: Tensor) => ascend(scope.at(`up${level}`), resizeLike(x, skip), skip);

  const d0 = convolve(scope.at("conv0"), concat([reflectance, illumination], 1), { channels: 64 }); // [n, 64, h, w]
  const d1 = down(1, d0); // [n, 64, h/2, w/2]
  const d2 = down(2, d1); // [n, 64, h/4, w/4]
  const d3 = down(3, d2); // [n, 64, h/8, w/8]
  const u1 = up(1, d3, d2); // [n, 64, h/4, w/4]
  const u2 = up(2, u1, d1); // [n, 64, h/2, w/2]
  const u3 = up(3, u2, d0); // [n, 64, h, w]
  const scales = concat([resizeLike(u1, d0), resizeLike(u2, d0), u3], 1); // [n, 192, h, w]
  const fused = convolve(scope.at("fusion"), scales, { channels: 64, kernel: 1 }); // [n, 64, h, w]
  return convolve(scope.at("output"), fused, { channels: 1 }); // [n, 1, h, w]
}

/** A picture that RetinexNet has split and relit. */
export interface Relit extends Layers {
  /** The new illumination, [batch, 1, height, width], not bounded. */
  readonly relit: Tensor;
  /** Reflectance times new illumination, [batch, 3, height, width], 0 to 1. */
  readonly enhanced: Tensor;
}

/**
 * RetinexNet whole. The noise of the reflectance is removed outside of the network, as in the paper.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 */
export function retinexNet(scope: Scope, image: Tensor, variant = retinexNetOfAuthors): Relit {
  const layers = retinexNetDecomposition(scope.at("decomposition"), image, variant);
  const relit = retinexNetRelight(scope.at("relight"), layers, variant);
  return { ...layers, relit, enhanced: clip(mul(layers.reflectance, relit), 0, 1) };
}

function resizeLike(x: Tensor, like: Tensor): Tensor {
  return resizeNearest(x, sizeOf(like, 2), sizeOf(like, 3));
}
