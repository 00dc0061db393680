import type { Box } from "./text-scene.ts";

/** Share of both areas together from which on a box counts as found. */
const leastOverlap = 0.5;

/** Counts of a detector's boxes. */
export interface BoxCounts {
  /** True boxes that were found. */
  readonly matched: number;
  readonly found: number;
  readonly known: number;
}

/**
 * Counts how many boxes a detector has found: every one belongs to at most one true box, and matches where their
 * intersection over union is more than a half. Source: ICDAR 2015, incidental scene text, task 4.1.
 */
export function matchBoxes(found: readonly Box[], known: readonly Box[]): BoxCounts {
  const free = new Set(found);
  const matched = known.filter((box) => {
    const match = [...free].find((other) => intersectionOverUnion(box, other) > leastOverlap);
    return match !== undefined && free.delete(match);
  });
  return { matched: matched.length, found: found.length, known: known.length };
}

/** The harmonic mean of precision and recall over all pictures, 0 to 1. */
export function harmonicMean(counts: readonly BoxCounts[]): number {
  const sum = (of: keyof BoxCounts) => counts.reduce((total, count) => total + count[of], 0);
  return (2 * sum("matched")) / Math.max(sum("found") + sum("known"), 1);
}

function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(width, 0) * Math.max(height, 0);
  return both / (a.width * a.height + b.width * b.height - both);
}
