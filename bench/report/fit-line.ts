/** A point that a line is laid through. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line, and how far points are from it. */
export interface Line {
  /** y where x is 0. */
  readonly offset: number;
  /** What y grows by with each x. */
  readonly slope: number;
  /** Share of the variance of y that the line explains, at most 1. */
  readonly determination: number;
  valueAt(x: number): number;
}

/** The straight line of least squares; undefined where the points have fewer than two places. */
export function fitLine(points: readonly Point[]): Line | undefined {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const variance = mean((point) => (point.x - x) ** 2);
  if (!(variance > 0)) return undefined;
  const slope = mean((point) => (point.x - x) * (point.y - y)) / variance;
  const offset = y - slope * x;
  const valueAt = (at: number) => offset + slope * at;
  const [rest, whole] = [mean((point) => (point.y - valueAt(point.x)) ** 2), mean((point) => (point.y - y) ** 2)];
  return { offset, slope, determination: whole === 0 ? 1 : 1 - rest / whole, valueAt };
}
