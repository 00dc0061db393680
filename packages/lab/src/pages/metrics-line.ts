import type { Line } from "./line-plot.ts";

/** The figures of one training step, for the lines of a plot. */
export interface StepFigures {
  /** Counts from 1 within the stage. */
  readonly step: number;
  /** Figures by column. */
  readonly values: Readonly<Record<string, number>>;
}

/** Builds the line of one column of a training's metrics; steps without a finite value are left out. */
export function metricsLine(rows: readonly StepFigures[], column: string, name = column): Line {
  const points = rows.flatMap(({ step, values }) => {
    const y = values[column];
    return y === undefined || !Number.isFinite(y) ? [] : [{ x: step, y }];
  });
  return { name, points };
}

/** Reduces a line to at most `mostPoints` points, each the mean of neighbouring ones. */
export function thinLine({ name, points }: Line, mostPoints: number): Line {
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
