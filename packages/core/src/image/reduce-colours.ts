import { type Steps, within } from "../flow/steps.ts";
import { areaFilter } from "./area-reduce.ts";
import { filterAlongColumns } from "./axis-filter.ts";
import { heldSamples } from "./integers.ts";
import { colourChannels, createPlane, type Picture, type Plane } from "./picture.ts";
import { overRows } from "./row-blocks.ts";

/**
 * Red, green and blue of a picture reduced as `areaReduce` does it, in one pass over its pixels; grey fills all
 * three planes, alpha is left out.
 */
export function* reduceColours(picture: Picture, width: number, height: number): Steps<Plane[]> {
  const { channels } = picture;
  const { values, step: sampleStep } = heldSamples(picture);
  const { taps, starts, weights } = areaFilter(picture.width, width);
  const step = colourChannels(picture) === 1 ? 0 : 1;
  const planes = (rows: number) => Array.from({ length: 3 }, () => createPlane(width, rows));
  const partly = planes(picture.height);
  const [reds, greens, blues] = partly.map(({ values }) => values);
  const rowLength = width * taps;
  const along = overRows(picture.height, rowLength, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < width; x++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        let sample = (y * picture.width + starts[x]) * channels;
        for (let k = x * taps; k < (x + 1) * taps; k++, sample += channels) {
          const weight = weights[k];
          red += weight * values[sample];
          green += weight * values[sample + step];
          blue += weight * values[sample + 2 * step];
        }
        const at = y * width + x;
        reds[at] = red * sampleStep;
        greens[at] = green * sampleStep;
        blues[at] = blue * sampleStep;
      }
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
