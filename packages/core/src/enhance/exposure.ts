import type { Transfer } from "../colour/transfer.ts";
import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";
import type { Steps } from "./steps.ts";

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
  const gain = gainFor(target, histogram, linear, transfer);
  const tone = Float32Array.from(linear, (light) => transfer.fromLinear(Math.min(light * gain, 1)));
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

/** Mean over the pixels of the largest colour sample, encoded, 0 to 1. */
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

/** The mean rises with the gain, so the gain is found by halving, in stops. */
function gainFor(target: number, histogram: Float64Array, linear: Float64Array, transfer: Transfer): number {
  const meanAt = (gain: number) => {
    let mean = 0;
    histogram.forEach((share, level) => {
      if (share > 0) mean += share * transfer.fromLinear(Math.min(linear[level] * gain, 1));
    });
    return mean;
  };
  let low = -24;
  let high = 24;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (meanAt(2 ** middle) < target) low = middle;
    else high = middle;
  }
  return 2 ** ((low + high) / 2);
}
