/** Mean luminance, measured at a position of a method's own parameter. */
export interface CurvePoint {
  readonly position: number;
  readonly mean: number;
}

/** Added to means before their logarithm: below one step of 16 bits. */
const floor = 1e-6;

/** Reads off the mean at a position; of the nearest point where the curve does not reach. */
export function readMean(points: readonly CurvePoint[], position: number): number {
  const next = points.findIndex((point) => point.position >= position);
  if (next <= 0) return points[next < 0 ? points.length - 1 : 0].mean;
  const [before, after] = [points[next - 1], points[next]];
  const share = (position - before.position) / (after.position - before.position);
  return (before.mean + floor) ** (1 - share) * (after.mean + floor) ** share - floor;
}

/**
 * Reads off a measured curve where it reaches a mean. Between two points the logarithm of the mean is linear; noise that
 * makes the curve fall counts as level; a mean beyond the curve gives its end.
 *
 * @param points at least two, by rising position.
 */
export function readPosition(points: readonly CurvePoint[], mean: number): number {
  const height = Math.log(mean + floor);
  let reached = Math.log(points[0].mean + floor);
  if (height <= reached) return points[0].position;
  for (const [i, { position, mean: next }] of points.slice(1).entries()) {
    const above = Math.log(next + floor);
    if (above >= height) {
      const from = points[i].position;
      return from + ((height - reached) / (above - reached)) * (position - from);
    }
    reached = Math.max(reached, above);
  }
  return points[points.length - 1].position;
}
