import { type Feeds, uniform } from "@kindling/lab";
import { add, concat, div, exp, less, max, min, mul, pow, reduceMin, sub, type Tensor, where } from "@kindling/nets";

// What training does to its photos, so that few show many cases.

/** The even draws from 0 to 1 that decide it. */
export const augmentationDraws = {
  gamma: uniform(),
  lift: uniform(1),
  coloured: uniform(2),
  red: uniform(3),
  green: uniform(4),
  blue: uniform(5),
} satisfies Feeds;

/** The draws of a batch, each [batch, 1, 1, 1]. */
type Draws = { readonly [Name in keyof typeof augmentationDraws]: Tensor };

/** The strongest darkening of dark pictures, as an exponent of the encoded values. */
const greatestGamma = 1.3;

/** The brightest black of dark pictures, in encoded values: flare, and cameras that leave a black level. */
const greatestLift = 12 / 255;

/** Share of the draws that leave black as it is. */
const unliftedShare = 0.3;

/** Share of the pairs that are shown in coloured light. */
const colouredShare = 1 / 8;

/** How much coloured light darkens a channel at most, as a natural logarithm of encoded values: 1/40 of linear light. */
const greatestDarkening = 1.7;

/**
 * Darkens pictures by an exponent of their encoded values, 1 for half of the draws, up to `greatestGamma` for the others; then
 * lifts their blacks, not for three draws in ten, up to `greatestLift` for the others. Lifted blacks have a colour, as those of
 * cameras: red and blue 0.7 to 1.3 times the lift, green 0.3 to 1.
 */
export function degrade(image: Tensor, { gamma, lift, red, green, blue }: Draws): Tensor {
  const above = (draw: Tensor, share: number) => max(div(sub(draw, share), 1 - share), 0);
  const darkened = pow(max(image, 0), add(mul(above(gamma, 0.5), greatestGamma - 1), 1));
  // The draws of coloured light, which most pictures are not in.
  const colour = concat([add(0.7, mul(red, 0.6)), add(0.3, mul(blue, 0.7)), add(0.7, mul(green, 0.6))], 1); // [n, 3, 1, 1]
  const black = mul(colour, mul(above(lift, unliftedShare), greatestLift));
  return add(mul(darkened, sub(1, black)), black);
}

/**
 * Finds by how much light of a strong colour multiplies encoded red, green and blue; for most draws by 1. A dark photo and
 * how it should look are multiplied alike: the light of a stage, a darkroom or an aquarium is no cast to remove. Blue is
 * never weaker than green, because light of lamps and sunsets, whose cast may be removed, is orange.
 *
 * @returns [batch, 3, 1, 1], 0.18 to 1; the greatest is 1.
 */
export function colouredLight({ coloured, red, green, blue }: Draws): Tensor {
  const darkening = mul(concat([red, green, min(green, blue)], 1), greatestDarkening);
  const factors = exp(sub(reduceMin(darkening, [1]), darkening));
  return where(less(coloured, colouredShare), factors, 1);
}
