/** The weights of a Gaussian of standard deviation `sigma` (px) over an odd number of taps; they sum to 1. */
export function gaussianWindow(taps: number, sigma: number): Float64Array {
  const middle = (taps - 1) / 2;
  const weights = Float64Array.from({ length: taps }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
