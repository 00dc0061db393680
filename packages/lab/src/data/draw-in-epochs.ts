import { createRandom } from "@kindling/core";

/**
 * Draws the places `first` to `first + length - 1` of an endless sequence of epochs, each of which holds the numbers 0 to
 * `count - 1` once, shuffled anew (Fisher and Yates).
 *
 * @param seed a whole number; the same seed, name and place always give the same number.
 * @param name names the sequence, so that two sequences of one seed differ.
 */
export function drawInEpochs(seed: number, name: string, count: number, first: number, length: number): number[] {
  const run: number[] = [];
  for (let place = first; place < first + length; ) {
    const epoch = Math.floor(place / count);
    const order = shuffle(seed, `${name}, epoch ${epoch}`, count);
    const until = Math.min(first + length, (epoch + 1) * count);
    for (; place < until; place++) run.push(order[place - epoch * count]);
  }
  return run;
}

function shuffle(seed: number, name: string, count: number): Uint32Array {
  const random = createRandom(seed, name);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
