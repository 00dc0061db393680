import type { Steps } from "../flow/steps.ts";
import { colourChannels, copyPicture, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/** Added to samples, so that black has a logarithm: one step of 8 bits. */
const step = 1 / 255;

const logSteps = 4096;

/** ln(sample + 1/255); interpolation errs by less than a thousandth. */
const logarithms = Float64Array.from({ length: logSteps + 2 }, (_, i) => Math.log(i / logSteps + step));

const [expSteps, leastExponent] = [256, Math.floor(Math.log(step))];

/** exp from -6 to 0, three times as fast as Math.exp. Interpolation errs by 2e-6. */
const exponentials = Float64Array.from({ length: (1 - leastExponent) * expSteps + 2 }, (_, i) =>
  Math.exp(leastExponent + i / expSteps),
);

/**
 * Blends two pictures of one shape in stops: half of two stops is one stop. A sample becomes
 * (from + 1/255) ((to + 1/255) / (from + 1/255))^share - 1/255; shares of 0 and 1 give `from` and `to` exactly.
 *
 * Between a photo and a power curve of it lie power curves again, and blacks stay blacker than in a plain mean.
 *
 * @param share of `to`, 0 to 1: everywhere the same, or a plane of the pictures' size.
 */
export function* blendInStops(from: Picture, to: Picture, share: number | Plane): Steps<Picture> {
  const blended = copyPicture(from);
  const { samples, width, height, channels } = blended;
  const colours = colourChannels(from);
  yield* overRows(height, width * channels, (first, last) => {
    for (let pixel = first * width; pixel < last * width; pixel++) {
      const here = typeof share === "number" ? share : share.values[pixel];
      for (let i = pixel * channels; i < pixel * channels + colours; i++) {
        samples[i] = between(samples[i], to.samples[i], here);
      }
    }
  });
  return blended;
}

function between(from: number, to: number, share: number): number {
  if (share === 0 || from === to) return from;
  if (share === 1) return to;
  const low = readTable(logarithms, Math.min(Math.max(from, 0), 1) * logSteps);
  const high = readTable(logarithms, Math.min(Math.max(to, 0), 1) * logSteps);
  const exponent = low + share * (high - low);
  return Math.max(readTable(exponentials, (exponent - leastExponent) * expSteps) - step, 0);
}

function readTable(table: Float64Array, place: number): number {
  const index = place | 0;
  return table[index] + (place - index) * (table[index + 1] - table[index]);
}
