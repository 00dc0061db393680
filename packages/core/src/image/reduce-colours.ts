import { type Steps, within } from "../flow/steps.ts";
import { areaFilter } from "./area-reduce.ts";
import { type AxisFilter, filterAlongColumns } from "./axis-filter.ts";
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
  const toNext = colourChannels(picture) === 1 ? 0 : 1;
  const planes = (rows: number) => Array.from({ length: 3 }, () => createPlane(width, rows));
  const partly = planes(picture.height);
  const sums = partly.map(({ values }) => values);
  const along = overRows(picture.height, width * filter.taps, (from, to) => {
    for (let y = from; y < to; y++) {
      const row = { first: y * picture.width * channels, channels, toNext, to: y * width };
      reduceRow(filter, held, row, sums);
    }
  });
  yield* within(0, 0.9, along);
  const reduced = planes(height);
  const down = areaFilter(picture.height, height);
  for (const [c, plane] of reduced.entries()) {
    yield* within(0.9 + c / 30, 0.9 + (c + 1) / 30, filterAlongColumns(down, partly[c], plane));
  }
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
