/** A function on 0..1 sampled at equal steps, both ends included; read it with `readCurve`. */
export type Curve = Float64Array;

/** Samples `of` at `intervals + 1` points. */
export function sampleCurve(intervals: number, of: (at: number) => number): Curve {
  return Float64Array.from({ length: intervals + 1 }, (_, i) => of(i / intervals));
}

/** The curve's value at `at`, linear between its samples; outside 0..1 the nearer end counts. */
export function readCurve(curve: Curve, at: number): number {
  const last = curve.length - 1;
  const position = at * last;
  if (!(position > 0)) return curve[0];
  if (position >= last) return curve[last];
  const index = Math.floor(position);
  return curve[index] + (position - index) * (curve[index + 1] - curve[index]);
}
