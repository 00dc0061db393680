import type { Layers } from "@kindling/nets";
import {
  concat,
  convolution,
  cropTo,
  doublingConvolution,
  leakyRelu,
  maxPool2,
  type Scope,
  sigmoid,
  type Tensor,
} from "@kindling/nets";

// KinD: Zhang, Zhang and Guo, "Kindling the Darkness: A Practical Low-light Image Enhancer", ACM MM 2019,
// arXiv 1905.04161. Layer sizes follow the authors' code where it differs from the paper's table.

/**
 * The layer decomposition net: splits a picture so that reflectance times illumination gives it back.
 *
 * Departure from the paper, as in the authors' code: the illumination's last convolution is 1x1, not 3x3.
 *
 * @param image [batch, 3, height, width], 0 to 1, stretched to its full range.
 */
export function kindDecomposition(scope: Scope, image: Tensor): Layers {
  const conv = (name: string, x: Tensor, channels: number) =>
    leakyRelu(convolution(scope.at(name), x, { channels }), 0.2);

  // Reflectance: a U-Net of three levels.
  const g1 = conv("g1", image, 32); // [n, 32, h, w]
  const g2 = conv("g2", maxPool2(g1), 64); // [n, 64, h/2, w/2]
  const g3 = conv("g3", maxPool2(g2), 128); // [n, 128, h/4, w/4]
  const up8 = cropTo(doublingConvolution(scope.at("up8"), g3, 64), g2); // [n, 64, h/2, w/2]
  const g8 = conv("g8", concat([up8, g2], 1), 64);
  const up9 = cropTo(doublingConvolution(scope.at("up9"), g8, 32), g1); // [n, 32, h, w]
  const g9 = conv("g9", concat([up9, g1], 1), 32);
  const reflectance = sigmoid(convolution(scope.at("reflectance"), g9, { channels: 3, kernel: 1 }));

  // Illumination: a short branch at the picture's size, which also sees the last features of the reflectance.
  const l1 = conv("l1", g1, 32); // [n, 32, h, w]
  const both = concat([l1, g9], 1); // [n, 64, h, w]
  const illumination = sigmoid(convolution(scope.at("illumination"), both, { channels: 1, kernel: 1 }));
  return { reflectance, illumination };
}

/**
 * The reflectance restoration net: removes noise and colour cast from a dark picture's reflectance, guided by its
 * illumination: the darker a region, the noisier it is.
 *
 * @returns the clean reflectance [batch, 3, height, width], 0 to 1.
 */
export function kindRestoration(scope: Scope, { reflectance, illumination }: Layers): Tensor {
  const twice = (level: number, x: Tensor, channels: number) =>
    [1, 2].reduce((y, i) => leakyRelu(convolution(scope.at(`conv${level}_${i}`), y, { channels }), 0.2), x);
  const up = (level: number, x: Tensor, skip: Tensor, channels: number) =>
    concat([cropTo(doublingConvolution(scope.at(`up${level}`), x, channels), skip), skip], 1);

  const c1 = twice(1, concat([reflectance, illumination], 1), 32); // [n, 32, h, w]
  const c2 = twice(2, maxPool2(c1), 64); // [n, 64, h/2, w/2]
  const c3 = twice(3, maxPool2(c2), 128); // [n, 128, h/4, w/4]
  const c4 = twice(4, maxPool2(c3), 256); // [n, 256, h/8, w/8]
  const c5 = twice(5, maxPool2(c4), 512); // [n, 512, h/16, w/16]
  const c6 = twice(6, up(6, c5, c4, 256), 256); // [n, 256, h/8, w/8]
  const c7 = twice(7, up(7, c6, c3, 128), 128); // [n, 128, h/4, w/4]
  const c8 = twice(8, up(8, c7, c2, 64), 64); // [n, 64, h/2, w/2]
  const c9 = twice(9, up(9, c8, c1, 32), 32); // [n, 32, h, w]
  return sigmoid(convolution(scope.at("reflectance"), c9, { channels: 3 }));
}

/**
 * The illumination adjustment net: brings an illumination map to another light level, as photographs of the
 * same scene at another exposure show it, not by a fixed curve.
 *
 * @param illumination [batch, 1, height, width], 0 to 1.
 * @param ratio the wanted light divided by the present light (the paper's alpha), a plane of the same size.
 * @returns the adjusted map [batch, 1, height, width], 0 to 1. The last convolution has a leaky ReLU before its
 * sigmoid, as in the authors' code.
 */
export function kindAdjustment(scope: Scope, illumination: Tensor, ratio: Tensor): Tensor {
  const conv = (name: string, x: Tensor, channels: number) =>
    leakyRelu(convolution(scope.at(name), x, { channels }), 0.2);

  const a1 = conv("conv1", concat([illumination, ratio], 1), 32); // [n, 32, h, w]
  const a2 = conv("conv2", a1, 32);
  const a3 = conv("conv3", a2, 32);
  return sigmoid(conv("conv4", a3, 1)); // [n, 1, h, w]
}
