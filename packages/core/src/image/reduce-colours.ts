import type { Steps } from "../flow/steps.ts";
import { areaFilter } from "./area-reduce.ts";
import type { AxisFilter } from "./axis-filter.ts";
import { type HeldSamples, heldSamples } from "./integers.ts";
import { colourChannels, createPlane, type Picture, type Plane } from "./picture.ts";
import { overRows } from "./row-blocks.ts";

/**
 * Red, green and blue of a picture reduced as `areaReduce` does it, in one pass over its pixels; grey fills all
 * three planes, alpha is left out.
 */
export function* reduceColours(picture: Picture, width: number, height: number): Steps<Plane[]> {
  const { channels } = picture;
  const held = heldSamples(picture);
  const filter = areaFilter(picture.width, width);
  const down = areaFilter(picture.height, height);
  const toNext = colourChannels(picture) === 1 ? 0 : 1;
  // Of the rows, as narrow as the result, only those that a row of the result needs are there at a time, in a ring.
  const ring = Array.from({ length: 3 }, () => new Float32Array(down.taps * width));
  const reduced = Array.from({ length: 3 }, () => createPlane(width, height));
  let next = 0;
  yield* overRows(height, (picture.height / height) * width * filter.taps, (from, to) => {
    for (let y = from; y < to; y++) {
      const end = Math.min(down.starts[y] + down.taps, picture.height);
      for (; next < end; next++) {
        const row = { first: next * picture.width * channels, channels, toNext, to: (next % down.taps) * width };
        reduceRow(filter, held, row, ring);
      }
      for (const [c, plane] of reduced.entries()) sumRows(down, y, ring[c], plane);
    }
  });
  return reduced;
}

/** Where a row's samples begin, how far it is from a pixel to the next and from a colour to the next, and where its sums go. */
interface RowPlace {
  readonly first: number;
  readonly channels: number;
  readonly toNext: number;
  readonly to: number;
}

// Not a closure: of those made for every picture, V8 keeps no optimised code.
function reduceRow(
  { outputs, taps, starts, weights }: AxisFilter,
  { values, step }: HeldSamples,
  { first, channels, toNext, to }: RowPlace,
  [reds, greens, blues]: readonly Float32Array[],
): void {
  for (let x = 0; x < outputs; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let sample = first + starts[x] * channels;
    for (let k = x * taps; k < (x + 1) * taps; k++, sample += channels) {
      const weight = weights[k];
      red += weight * values[sample];
      green += weight * values[sample + toNext];
      blue += weight * values[sample + 2 * toNext];
    }
    reds[to + x] = red * step;
    greens[to + x] = green * step;
    blues[to + x] = blue * step;
  }
}

/** Sums the rows of a ring up to a row of a plane. */
function sumRows({ taps, starts, weights }: AxisFilter, y: number, ring: Float32Array, { width, values }: Plane): void {
  const sums = new Float64Array(width);
  for (let k = 0; k < taps; k++) {
    const weight = weights[y * taps + k];
    const from = ((starts[y] + k) % taps) * width;
    for (let x = 0; x < width; x++) sums[x] += weight * ring[from + x];
  }
  values.set(sums, y * width);
}
