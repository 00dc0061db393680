import { linearTable, luminanceHistogram, tableSteps } from "../colour/mean-luminance.ts";
import type { Transfer } from "../colour/transfer.ts";
import type { Steps } from "../flow/steps.ts";
import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { solveRising } from "./solve-rising.ts";

/** Stops by which the rest of a picture is raised further to make up for highlights that are white already. */
const mostMakeUp = 1;

/**
 * The picture at another exposure: linear light times a gain, clipped at white, so that its mean luminance becomes
 * `target`. Alpha is copied.
 *
 * The gain is target / mean, and up to one stop more where highlights clip; beyond that the target is not reached. A black
 * picture stays black.
 */
export function* exposeToLuminance(picture: Picture, target: number, transfer: Transfer): Steps<Picture> {
  const exposed = copyPicture(picture);
  const linear = linearTable(transfer);
  const histogram = luminanceHistogram(picture);
  yield 0.2;
  const mean = meanAt(1, histogram, linear);
  if (mean === 0 || mean === target) return exposed;
  const stops = Math.log2(target / mean);
  const gain =
    2 **
    solveRising((more) => meanAt(2 ** more, histogram, linear), target, {
      least: stops,
      most: stops + mostMakeUp,
    });
  const tone = exposedTable(gain, linear);
  yield 0.3;

  const colours = colourChannels(picture);
  const { samples, width, height, channels } = exposed;
  for (const done of overRows(height, width * channels, (from, to) => {
    for (let pixel = from * width * channels; pixel < to * width * channels; pixel += channels) {
      for (let i = pixel; i < pixel + colours; i++) {
        const place = Math.min(Math.max(samples[i], 0), 1) * tableSteps;
        const index = Math.min(Math.floor(place), tableSteps - 1);
        samples[i] = tone[index] + (place - index) * (tone[index + 1] - tone[index]);
      }
    }
  })) {
    yield 0.3 + 0.7 * done;
  }
  return exposed;
}

/** The mean luminance under a gain. */
function meanAt(gain: number, histogram: Float64Array, linear: Float64Array): number {
  const white = linear[tableSteps];
  let mean = 0;
  for (let level = 0; level <= tableSteps; level++) mean += histogram[level] * Math.min(linear[level] * gain, white);
  return mean;
}

/**
 * Every level at another exposure. The way back from linear light is the same table, read backwards: levels rise, so
 * one walk along it finds them all, where a profile's own inverse would cost thousands of searches.
 */
function exposedTable(gain: number, linear: Float64Array): Float64Array {
  const tone = new Float64Array(tableSteps + 1);
  const white = linear[tableSteps];
  let place = 0;
  for (let level = 0; level <= tableSteps; level++) {
    const light = Math.min(linear[level] * gain, white);
    while (place < tableSteps - 1 && linear[place + 1] < light) place++;
    const step = linear[place + 1] - linear[place];
    const share = step > 0 ? Math.min(Math.max((light - linear[place]) / step, 0), 1) : 0;
    tone[level] = (place + share) / tableSteps;
  }
  return tone;
}
