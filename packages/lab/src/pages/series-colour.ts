import type { Evaluation } from "../evaluation/evaluation.ts";

/** Number of colours that the palette has for series. */
export const seriesColours = 8;

/** The colour of a series by its place, as a CSS value; after the last colour it begins anew. */
export function colourOfSeries(index: number): string {
  return `var(--series-${(index % seriesColours) + 1})`;
}

/** Chooses the colour of a method in every table and plot of a page, as a CSS value. */
export function seriesColour({ methods }: Evaluation, method: string): string {
  return colourOfSeries(methods.findIndex((summary) => summary.method === method));
}
