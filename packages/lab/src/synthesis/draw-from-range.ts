import { KindlingError, type Random } from "@kindling/core";

/** Least and greatest value of a draw. */
export type Range = readonly [min: number, max: number];

/** Draws evenly from a range. */
export function drawEvenly(name: string, [min, max]: Range, random: Random): number {
  if (!(min <= max)) throw new KindlingError("invalid-option", `${name}: its range ${min} to ${max} holds no number.`);
  return min + (max - min) * random();
}

/** Draws a whole number, each as likely as the others. */
export function drawWhole(name: string, [min, max]: Range, random: Random): number {
  return Math.min(max, Math.floor(drawEvenly(name, [min, max + 1], random)));
}

/** Draws evenly on the logarithmic scale. A range that begins at 0 has no such scale: the draw is even. */
export function drawLogarithmically(name: string, range: Range, random: Random): number {
  const [min, max] = range;
  if (!(min < max) || min <= 0) return drawEvenly(name, range, random);
  return Math.min(max, min * (max / min) ** random());
}

/** Draws evenly in reciprocal values. */
export function drawReciprocally(name: string, [min, max]: Range, random: Random): number {
  if (!(min <= max)) return drawEvenly(name, [min, max], random);
  return 1 / drawEvenly(name, [1 / max, 1 / min], random);
}
