// Lanczos' approximation with g = 7 and nine terms: 15 digits.
const g = 7;
const terms = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/**
 * The gamma function of a number above 0, to about 15 digits.
 *
 * Source: Lanczos, A precision approximation of the gamma function, SIAM Journal on Numerical Analysis B 1, 1964.
 */
export function gammaFunction(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gammaFunction(1 - x));
  const series = terms.reduce((sum, term, i) => sum + term / (x + i), 0.9999999999998099);
  const shifted = x + g - 0.5;
  return Math.sqrt(2 * Math.PI) * shifted ** (x - 0.5) * Math.exp(-shifted) * series;
}
