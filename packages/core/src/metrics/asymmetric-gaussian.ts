import { gammaFunction } from "./gamma-function.ts";

/** An asymmetric generalised Gaussian distribution: its shape, and the scales of its left and right halves. */
export interface AsymmetricGaussian {
  readonly shape: number;
  readonly left: number;
  readonly right: number;
  /** Mean of the distribution. */
  readonly mean: number;
}

const firstShape = 0.2;
const shapeStep = 0.001;
const shapeCount = 9801;

/**
 * Makes a function that fits an asymmetric generalised Gaussian to samples by matching moments.
 *
 * The shape is picked from 0.2 to 10 in steps of 0.001. Samples without a negative or without a positive one among
 * them give the shape 0.2 and NaN for that half and the mean, as the reference implementations do.
 *
 * Source: Lasmar, Stitou, Berthoumieu, Multiscale skewed heavy tailed model for texture analysis, ICIP 2009; used by
 * NIQE as its equations 7 and 8.
 */
export function asymmetricGaussianFit(): (samples: Float64Array) => AsymmetricGaussian {
  const shapes = Float64Array.from({ length: shapeCount }, (_, i) => firstShape + i * shapeStep);
  const ratios = shapes.map((a) => gammaFunction(2 / a) ** 2 / (gammaFunction(1 / a) * gammaFunction(3 / a)));
  return (samples) => {
    let [leftSquares, leftCount, rightSquares, rightCount, magnitudes] = [0, 0, 0, 0, 0];
    for (const value of samples) {
      if (value < 0) {
        leftSquares += value * value;
        leftCount++;
        magnitudes -= value;
      } else if (value > 0) {
        rightSquares += value * value;
        rightCount++;
        magnitudes += value;
      }
    }
    const left = Math.sqrt(leftSquares / leftCount);
    const right = Math.sqrt(rightSquares / rightCount);
    const skew = left / right;
    const ratio = (magnitudes / samples.length) ** 2 / ((leftSquares + rightSquares) / samples.length);
    const wanted = (ratio * (skew ** 3 + 1) * (skew + 1)) / (skew ** 2 + 1) ** 2;
    const shape = shapes[nearest(ratios, wanted)];
    const scale = Math.sqrt(gammaFunction(1 / shape) / gammaFunction(3 / shape));
    const mean = ((right - left) * scale * gammaFunction(2 / shape)) / gammaFunction(1 / shape);
    return { shape, left: left * scale, right: right * scale, mean };
  };
}

/** Index of the value nearest to `wanted` among rising values; 0 where `wanted` is NaN. */
function nearest(rising: Float64Array, wanted: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rising[middle] < wanted) low = middle;
    else if (rising[middle] >= wanted) high = middle;
    else return 0;
  }
  return wanted - rising[low] <= rising[high] - wanted ? low : high;
}
