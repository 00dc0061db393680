import type { MetricsRow } from "@kindling/lab";
import type { Line } from "./line-plot.ts";

/** A column of a training's metrics over its steps; rows that have no number there are left out. */
export function lineOf(rows: readonly MetricsRow[], column: string, name = column): Line {
  const points = rows.flatMap(({ step, values }) => {
    const y = values[column];
    return y === undefined || !Number.isFinite(y) ? [] : [{ x: step, y }];
  });
  return { name, points };
}

/** The same line with means of neighbouring points, so many at most. */
export function thinned({ name, points }: Line, mostPoints: number): Line {
  const each = Math.max(Math.ceil(points.length / mostPoints), 1);
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const starts = Array.from({ length: Math.ceil(points.length / each) }, (_, i) => i * each);
  return {
    name,
    points: starts.map((start) => {
      const part = points.slice(start, start + each);
      return { x: mean(part.map(({ x }) => x)), y: mean(part.map(({ y }) => y)) };
    }),
  };
}
