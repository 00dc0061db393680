import type { Transfer } from "../colour/transfer.ts";
import type { Steps } from "../flow/steps.ts";
import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";

/** Steps of the tone table between black and white; values in between are interpolated. */
const tableSize = 4096;
const rowsPerStep = 64;

/**
 * The picture at another exposure: its light multiplied so that its mean illumination becomes `target`.
 *
 * Illumination is the largest colour sample of a pixel, encoded, 0 to 1 (Retinex's max-RGB); the gain acts on linear
 * light and clips at white. A target that no gain reaches ends at the nearest one. Alpha is copied.
 */
export function* exposeToIllumination(picture: Picture, target: number, transfer: Transfer): Steps<Picture> {
  const colours = colourChannels(picture);
  const linear = Float64Array.from({ length: tableSize + 1 }, (_, i) => transfer.toLinear(i / tableSize));
  const histogram = illuminationHistogram(picture);
  yield 0.2;
  const tone = toneWithMean(target, histogram, linear);
  yield 0.3;

  const exposed = copyPicture(picture);
  const { samples, width, height, channels } = exposed;
  for (let top = 0; top < height; top += rowsPerStep) {
    const end = Math.min(top + rowsPerStep, height) * width * channels;
    for (let pixel = top * width * channels; pixel < end; pixel += channels) {
      for (let i = pixel; i < pixel + colours; i++) {
        const place = Math.min(Math.max(samples[i], 0), 1) * tableSize;
        const index = Math.min(Math.floor(place), tableSize - 1);
        samples[i] = tone[index] + (place - index) * (tone[index + 1] - tone[index]);
      }
    }
    yield 0.3 + 0.7 * Math.min(1, (top + rowsPerStep) / height);
  }
  return exposed;
}

/**
 * Measures the brightness of a picture: the mean over its pixels of the largest colour sample, encoded, 0 to 1.
 *
 * @example
 * // runs
 * meanIllumination(reference); // 0.55
 * meanIllumination(dark); // 0.08
 */
export function meanIllumination(picture: Picture): number {
  const { samples, channels } = picture;
  const colours = colourChannels(picture);
  let sum = 0;
  for (let pixel = 0; pixel < samples.length; pixel += channels) sum += largest(samples, pixel, colours);
  return sum / (samples.length / channels);
}

function illuminationHistogram(picture: Picture): Float64Array {
  const { samples, channels } = picture;
  const colours = colourChannels(picture);
  const share = channels / samples.length;
  const histogram = new Float64Array(tableSize + 1);
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    const illumination = Math.min(Math.max(largest(samples, pixel, colours), 0), 1);
    histogram[Math.round(illumination * tableSize)] += share;
  }
  return histogram;
}

function largest(samples: Float32Array, pixel: number, colours: 1 | 3): number {
  if (colours === 1) return samples[pixel];
  return Math.max(samples[pixel], samples[pixel + 1], samples[pixel + 2]);
}

/** Finds the gain by bisection, in stops: the mean rises with it. */
function toneWithMean(target: number, histogram: Float64Array, linear: Float64Array): Float64Array {
  const tone = new Float64Array(tableSize + 1);
  let low = -24;
  let high = 24;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    exposeTable(2 ** middle, linear, tone);
    const mean = histogram.reduce((sum, share, level) => sum + share * tone[level], 0);
    if (mean < target) low = middle;
    else high = middle;
  }
  exposeTable(2 ** ((low + high) / 2), linear, tone);
  return tone;
}

/**
 * Every level at another exposure. The way back from linear light is the same table, read backwards: levels rise, so
 * one walk along it finds them all, where a profile's own inverse would cost thousands of searches.
 */
function exposeTable(gain: number, linear: Float64Array, tone: Float64Array): void {
  const white = linear[tableSize];
  let place = 0;
  for (let level = 0; level <= tableSize; level++) {
    const light = Math.min(linear[level] * gain, white);
    while (place < tableSize - 1 && linear[place + 1] < light) place++;
    const step = linear[place + 1] - linear[place];
    const share = step > 0 ? Math.min(Math.max((light - linear[place]) / step, 0), 1) : 0;
    tone[level] = (place + share) / tableSize;
  }
}
