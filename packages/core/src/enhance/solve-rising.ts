/** Halvings of the range: they leave a millionth of it. */
const halvings = 20;

/**
 * Finds where a rising function reaches a value, by bisection: at most 22 evaluations. A value beyond the range is
 * reached as nearly as possible: at its end.
 *
 * It finds a method's own parameter for a light level: `valueAt` is then the mean luminance at that parameter, measured
 * on a subsample or a histogram.
 *
 * @param valueAt never falls from `least` to `most`.
 */
export function solveRising(
  valueAt: (position: number) => number,
  target: number,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  if (valueAt(least) >= target) return least;
  if (valueAt(most) <= target) return most;
  let [low, high] = [least, most];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (valueAt(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
