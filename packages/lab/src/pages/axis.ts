import { ticks } from "d3-array";

/** A scale of a plot: the position of a value, and the values of its ticks. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Builds a linear scale for all values, from `start` to `end` (px), with a margin. */
export function linearAxis(values: readonly number[], start: number, end: number): Axis {
  const [low, high] = bounds(values);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const [first, last] = [low - room, high + room];
  return {
    place: (value) => start + ((value - first) / (last - first)) * (end - start),
    ticks: ticks(first, last, 6),
  };
}

/** Builds a logarithmic scale for values above 0, with ticks at 1, 2 and 5 times each power of ten. */
export function logarithmicAxis(values: readonly number[], start: number, end: number): Axis {
  const [low, high] = bounds(values);
  const [first, last] = [Math.log10(low / 1.6), Math.log10(high * 1.6)];
  const powers = Array.from(
    { length: Math.ceil(last) - Math.floor(first) + 1 },
    (_, i) => 10 ** (Math.floor(first) + i),
  );
  const marks = powers.flatMap((power) => [power, 2 * power, 5 * power]);
  return {
    place: (value) => start + ((Math.log10(value) - first) / (last - first)) * (end - start),
    ticks: marks.filter((value) => Math.log10(value) >= first && Math.log10(value) <= last),
  };
}

function bounds(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
