import { ticks } from "d3-array";

/** A scale of a plot: where a value is drawn, and the values that are written beside it. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A scale with even steps that holds all values, from `start` to `end` (px); flat values get some room. */
export function linearAxis(values: readonly number[], start: number, end: number): Axis {
  const [low, high] = bounds(values);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  const [first, last] = [low - room, high + room];
  return {
    place: (value) => start + ((value - first) / (last - first)) * (end - start),
    ticks: ticks(first, last, 6),
  };
}

/** A scale of factors, for values above 0, marked at 1, 2 and 5 of each power of ten. */
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
