import { KindlingError, type Random } from "@kindling/core";

/** Least and greatest value of a draw. */
export type Range = readonly [min: number, max: number];

/**
 * Checks that a range holds a number.
 *
 * @throws {KindlingError} `invalid-option` where it does not.
 */
export function requireRange(name: string, [min, max]: Range): void {
  if (min <= max) return;
  throw new KindlingError("invalid-option", `${name}: its range ${min} to ${max} holds no number.`);
}

/** Draws evenly from a range. */
export function drawEvenly([min, max]: Range, random: Random): number {
  return min + (max - min) * random();
}

/** Draws a whole number, each as likely as the others. */
export function drawWhole([min, max]: Range, random: Random): number {
  return Math.min(max, Math.floor(drawEvenly([min, max + 1], random)));
}

/** Draws evenly on the logarithmic scale. A range that begins at 0 has no such scale: the draw is even. */
export function drawLogarithmically([min, max]: Range, random: Random): number {
  if (min <= 0) return drawEvenly([min, max], random);
  return Math.min(max, min * (max / min) ** random());
}

/** Draws evenly in reciprocal values. */
export function drawReciprocally([min, max]: Range, random: Random): number {
  return 1 / drawEvenly([1 / max, 1 / min], random);
}
