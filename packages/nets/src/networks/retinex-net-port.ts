import { clip, concat, mul, pad, reduceMax, relu, sigmoid, sizeOf, slice } from "../graph/builders.ts";
import { convolution } from "../graph/layers.ts";
import { resizeNearest } from "../graph/sampling.ts";
import type { Scope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Layers } from "./kind.ts";

// RetinexNet (arXiv 1808.04560) as its public port to PyTorch has it (aasharma90/RetinexNet_PyTorch), for the port's own
// weights. It differs from the authors' net: borders repeat the outermost pixel, skips are joined, not added, and
// strided windows are centred.

/** A convolution whose border repeats the outermost pixels. */
function edgeConvolution(scope: Scope, x: Tensor, settings: { channels: number; kernel?: number; stride?: number }) {
  const border = ((settings.kernel ?? 3) - 1) / 2;
  return convolution(scope, pad(x, [0, 0, border, border, 0, 0, border, border], "edge"), { ...settings, padding: 0 });
}

/**
 * The port's decomposition: splits a picture into reflectance and illumination.
 *
 * @param image [batch, 3, height, width], 0 to 1, not stretched.
 */
export function retinexNetPortDecomposition(scope: Scope, image: Tensor): Layers {
  const brightest = reduceMax(image, [1]); // [n, 1, h, w]
  let x = edgeConvolution(scope.at("conv0"), concat([brightest, image], 1), { channels: 64, kernel: 9 }); // [n, 64, h, w]
  for (let layer = 1; layer <= 5; layer++) x = relu(edgeConvolution(scope.at(`conv${layer}`), x, { channels: 64 }));
  const both = edgeConvolution(scope.at("conv6"), x, { channels: 4 }); // [n, 4, h, w]
  return { reflectance: sigmoid(slice(both, 1, 0, 3)), illumination: sigmoid(slice(both, 1, 3, 4)) };
}

/**
 * The port's relighting net.
 *
 * @returns the new illumination [batch, 1, height, width], not bounded.
 */
export function retinexNetPortRelight(scope: Scope, { reflectance, illumination }: Layers): Tensor {
  const down = (level: number, x: Tensor) =>
    relu(edgeConvolution(scope.at(`down${level}`), x, { channels: 64, stride: 2 }));
  const up = (level: number, x: Tensor, skip: Tensor) =>
    relu(edgeConvolution(scope.at(`up${level}`), concat([resizeLike(x, skip), skip], 1), { channels: 64 }));

  const d0 = edgeConvolution(scope.at("conv0"), concat([reflectance, illumination], 1), { channels: 64 }); // [n, 64, h, w]
  const d1 = down(1, d0); // [n, 64, h/2, w/2]
  const d2 = down(2, d1); // [n, 64, h/4, w/4]
  const d3 = down(3, d2); // [n, 64, h/8, w/8]
  const u1 = up(1, d3, d2); // [n, 64, h/4, w/4]
  const u2 = up(2, u1, d1); // [n, 64, h/2, w/2]
  const u3 = up(3, u2, d0); // [n, 64, h, w]
  const scales = concat([resizeLike(u1, d0), resizeLike(u2, d0), u3], 1); // [n, 192, h, w]
  const fused = convolution(scope.at("fusion"), scales, { channels: 64, kernel: 1 }); // [n, 64, h, w]
  // The port pads before the 1x1 fusion and not before this one, which comes to the same.
  return edgeConvolution(scope.at("output"), fused, { channels: 1 }); // [n, 1, h, w]
}

/** The port from picture to picture, both 0 to 1. */
export function retinexNetPort(scope: Scope, image: Tensor): Tensor {
  const layers = retinexNetPortDecomposition(scope.at("decomposition"), image);
  return clip(mul(layers.reflectance, retinexNetPortRelight(scope.at("relight"), layers)), 0, 1);
}

function resizeLike(x: Tensor, like: Tensor): Tensor {
  return resizeNearest(x, sizeOf(like, 2), sizeOf(like, 3));
}
