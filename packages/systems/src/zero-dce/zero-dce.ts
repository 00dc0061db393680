import { add, concat, convolution, mul, normal, relu, type Scope, slice, sub, type Tensor, tanh } from "@kindling/nets";

// Zero-DCE: Guo, Li, Guo, Loy, Hou, Kwong and Cong, "Zero-Reference Deep Curve Estimation for Low-Light Image
// Enhancement", CVPR 2020, arXiv 2001.06826.

/** Curves applied one after the other: the paper's n. */
const iterations = 8;

/** Weights begin near zero, so that the first curves leave pictures as they are. */
const initialiser = normal(0, 0.02);

/**
 * DCE-Net: seven convolutions with symmetric skips find the parameters of the curves, for every pixel and channel.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @returns curve parameters, [batch, 24, height, width], -1 to 1: red, green and blue of the first curve, then of the
 * second. They have the sign of the authors' code; the paper's A is their negative.
 */
export function zeroDceCurves(scope: Scope, image: Tensor): Tensor {
  const conv = (layer: number, x: Tensor, channels: number) =>
    convolution(scope.at(`conv${layer}`), x, { channels, initialiser });
  const join = (a: Tensor, b: Tensor) => concat([a, b], 1);

  const x1 = relu(conv(1, image, 32)); // [n, 32, h, w]
  const x2 = relu(conv(2, x1, 32));
  const x3 = relu(conv(3, x2, 32));
  const x4 = relu(conv(4, x3, 32));
  const x5 = relu(conv(5, join(x3, x4), 32));
  const x6 = relu(conv(6, join(x2, x5), 32));
  return tanh(conv(7, join(x1, x6), 3 * iterations)); // [n, 24, h, w]
}

/**
 * Applies light-enhancement curves one after the other: x becomes x + a (x^2 - x), which leaves 0 and 1 where they are
 * (eq. 3, with a for the paper's -A).
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @param curves [batch, 3 a curve, height, width], -1 to 1.
 * @returns the enhanced picture, not clipped.
 */
export function applyCurves(image: Tensor, curves: Tensor): Tensor {
  let x = image;
  for (let channel = 0; channel < (curves.shape[1] as number); channel += 3) {
    const a = slice(curves, 1, channel, channel + 3); // [n, 3, h, w]
    x = add(x, mul(a, sub(mul(x, x), x)));
  }
  return x;
}

/** Zero-DCE from picture to picture, [batch, 3, height, width], 0 to 1; the result is not clipped. */
export function zeroDce(scope: Scope, image: Tensor): Tensor {
  return applyCurves(image, zeroDceCurves(scope, image));
}
