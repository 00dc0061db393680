import type { Evaluation } from "../evaluation/evaluation.ts";

const colours = 8;

/** Chooses the colour of a method in every table and plot of a page, as a CSS value. */
export function seriesColour({ methods }: Evaluation, method: string): string {
  const index = methods.findIndex((summary) => summary.method === method);
  return `var(--series-${(index % colours) + 1})`;
}
