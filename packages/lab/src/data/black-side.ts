import type { Random } from "@kindling/core";

/** An almost black side of a picture, like the sky over a lit court; crops are turned, so it may be any side. */
export interface BlackSide {
  /** Direction from the middle of the picture to the black side, in radians from its x axis to its y axis. */
  readonly angle: number;
  /** Distance from the middle of the picture to where black begins, in half sides of the picture. */
  readonly beginsAt: number;
  /** Factor of the values there, 0 to 1. */
  readonly left: number;
}

/** Draws a side that blackens a tenth to four fifths of a picture; it uses three random numbers. */
export function drawBlackSide(random: Random): BlackSide {
  return { angle: 2 * Math.PI * random(), beginsAt: 0.8 - 1.4 * random(), left: 0.04 * random() };
}

/** Width of the transition to black, in half sides of the picture. */
const fallOff = 0.1;

/**
 * Blackens one side of a square picture, in place.
 *
 * @param values three planes of `sidePx` rows from `offset` on.
 */
export function blacken(
  values: Float32Array,
  offset: number,
  sidePx: number,
  { angle, beginsAt, left }: BlackSide,
): void {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const place = (i: number) => (2 * i + 1) / sidePx - 1;
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const inside = (place(x) * dx + place(y) * dy - beginsAt) / fallOff;
      const factor = 1 - (1 - left) * Math.min(Math.max(inside, 0), 1);
      for (let channel = 0; channel < 3; channel++) values[offset + (channel * sidePx + y) * sidePx + x] *= factor;
    }
  }
}
