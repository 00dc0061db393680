import { gaussianKernel } from "../graph/blur.ts";
import { add, concat, conv, div, mul, slice, sub } from "../graph/builders.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import { meanOf } from "./pixel-errors.ts";

const sigmaPx = 1.5;
const radiusPx = 5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/**
 * Computes the mean structural similarity of pictures of 0 to 1, a scalar up to 1: over all channels, pixels and
 * pictures, from 11x11 windows with a Gaussian of sigma 1.5 px that lie wholly inside.
 *
 * Source: Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
 * Similarity", IEEE TIP 2004, eq. 13.
 *
 * @param x [batch, channels, height, width], sides of at least 11 px; the channels in numbers.
 * @example
 * // runs
 * const loss = sub(1, ssim(image, target)); // []
 */
export function ssim(x: Tensor, target: Tensor): Tensor {
  const channels = x.shape[1] as number;
  const moments = concat([x, target, mul(x, x), mul(target, target), mul(x, target)], 1);
  const means = [2, 3].reduce((blurred, axis) => blurInside(blurred, axis, 5 * channels), moments);
  const [mx, my, mxx, myy, mxy] = [0, 1, 2, 3, 4].map((i) => slice(means, 1, i * channels, (i + 1) * channels));

  const [squares, product] = [add(mul(mx, mx), mul(my, my)), mul(mx, my)];
  const luminance = div(add(mul(product, 2), c1), add(squares, c1));
  const contrast = div(add(mul(sub(mxy, product), 2), c2), add(sub(add(mxx, myy), squares), c2));
  return meanOf(mul(luminance, contrast));
}

function blurInside(x: Tensor, axis: number, channels: number): Tensor {
  const kernel = gaussianKernel(sigmaPx, radiusPx);
  const sides = axis === 2 ? [kernel.length, 1] : [1, kernel.length];
  const weight = constant(Array.from({ length: channels }, () => kernel).flat(), [channels, 1, ...sides]);
  return conv(x, weight, undefined, { group: channels });
}
