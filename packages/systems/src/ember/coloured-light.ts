import type { ModelTensor } from "@kindling/core";
import { decodeSrgb } from "@kindling/core/internal";

/** Added to linear light: the value of 2 of 255, below which a channel says nothing about a colour. */
const leastLight = 6e-4;

/** How many times the light of one channel is that of others, from which on no lamp and no daylight gives it to grey. */
const limits = {
  /** Red and blue over green: stages in violet or magenta. */
  violet: 2,
  /** Blue over red and green; a black body has at most 2.3 times, however hot. */
  blue: 3,
  /** Green over red and blue. */
  green: 2.5,
  /** Red over green and blue; a black body of 1,800 K has 4.8 times, a street in sodium light more than 8. */
  red: 16,
} as const;

/** Shares of a photo in such colours up to which they belong to things, and from which on to the light. */
const [fewColoured, mostColoured] = [0.6, 0.9];

/**
 * Finds the share of the colour balance that a photo gets, 0 to 1: all of it, but for scenes in light of a colour that no lamp
 * and no daylight has. Stages and darkrooms are meant to look so, and balanced they would change their hue. There nearly
 * everything has such a colour, grey things too; in other scenes only some things have.
 *
 * Pixels count by the root of their greatest channel, so that black ones do not.
 *
 * @param overview the photo reduced by area, encoded, [1, 3, height, width].
 */
export function shareOfBalance({ values }: ModelTensor): number {
  const size = values.length / 3;
  let [all, coloured] = [0, 0];
  for (let i = 0; i < size; i++) {
    const red = decodeSrgb(values[i]) + leastLight;
    const green = decodeSrgb(values[size + i]) + leastLight;
    const blue = decodeSrgb(values[2 * size + i]) + leastLight;
    const weight = Math.sqrt(Math.max(red, green, blue) - leastLight);
    all += weight;
    if (isColoured(red, green, blue)) coloured += weight;
  }
  const share = all > 0 ? coloured / all : 0;
  return Math.min(Math.max((mostColoured - share) / (mostColoured - fewColoured), 0), 1);
}

function isColoured(red: number, green: number, blue: number): boolean {
  return (
    Math.min(red, blue) > limits.violet * green ||
    blue > limits.blue * Math.max(red, green) ||
    green > limits.green * Math.max(red, blue) ||
    red > limits.red * Math.max(green, blue)
  );
}
