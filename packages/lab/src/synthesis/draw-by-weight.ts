import type { Random } from "@kindling/core";

/** Draws an entry by its weight. */
export function drawByWeight<Value>(
  choices: readonly (readonly [weight: number, value: Value])[],
  random: Random,
): Value {
  let left = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return choices[choices.length - 1][1];
}
