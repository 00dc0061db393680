/**
 * The tone table that spreads a histogram evenly over its bins: bin in, bin out (not rounded, 0 to bins - 1).
 *
 * Every bin goes to the share of values at or below it, counted without the first filled bin, which goes to 0:
 * OpenCV's `equalizeHist`, in float32 as there. A histogram with a single filled bin gives the identity.
 */
export function equalisationTable(histogram: ArrayLike<number>): Float32Array {
  const bins = histogram.length;
  const table = new Float32Array(bins);
  let total = 0;
  for (let bin = 0; bin < bins; bin++) total += histogram[bin];
  let first = 0;
  while (first < bins - 1 && histogram[first] === 0) first++;
  const rest = total - histogram[first];
  if (rest === 0) return table.map((_, bin) => bin);
  const scale = Math.fround((bins - 1) / rest);
  let sum = 0;
  for (let bin = first + 1; bin < bins; bin++) {
    sum += histogram[bin];
    table[bin] = Math.min(bins - 1, Math.fround(scale * Math.fround(sum)));
  }
  return table;
}
