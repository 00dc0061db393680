import type { Random } from "@kindling/core";

/** Draws a number evenly between two. */
export function evenly(random: Random, min: number, max: number): number {
  return min + (max - min) * random();
}

/** Draws a whole number evenly, both ends included. */
export function wholeEvenly(random: Random, min: number, max: number): number {
  return Math.floor(evenly(random, min, max + 1));
}

/** Draws a number between two positive ones evenly on a logarithmic scale. */
export function logEvenly(random: Random, min: number, max: number): number {
  return min * (max / min) ** random();
}

/** Draws an entry by its weight. */
export function byWeight<Value>(random: Random, choices: readonly (readonly [weight: number, value: Value])[]): Value {
  let left = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return choices[choices.length - 1][1];
}
