import type { Colour } from "./paint-picture.ts";

/** The colour between two: `from` at share 0, `to` at 1. */
export function mixColours(from: Colour, to: Colour, share: number): Colour {
  return [0, 1, 2].map((c) => from[c] + (to[c] - from[c]) * share) as unknown as Colour;
}
