import { lumaOf } from "../colour/luma.ts";
import type { Steps } from "../flow/steps.ts";
import { boxMean } from "../image/box-mean.ts";
import { colourChannels, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { createToneMedians, fillEmptyTones, toneOf } from "./tone-medians.ts";

/** Pixels a side of the neighbourhood whose differences decide about its middle. */
const reach = 2;

/**
 * Differences that count as noise, over those of the median pixel of the same tone. The mean square of a neighbourhood
 * hardly varies where there is noise alone; the square of its mean does.
 */
const squareLimits = { trusted: 1.6, refused: 3 } as const;
const shiftLimits = { trusted: 9, refused: 25 } as const;

/** What rounding to 8 bits makes of a still picture: no smaller difference is a sign of motion. */
const leastSquare = 3 * (0.4 / 255) ** 2;
const leastShift = (0.15 / 255) ** 2;

/** How far differences over time may exceed those between neighbouring pixels and still count as noise. */
const mostOverSpace = 6;

/** Share of a new frame in what is known of the noise. */
const renewal = 0.25;

/** How far two aligned pictures of one scene agree, and how much they differ where they do. */
export interface Agreed {
  /** 1 where differences are noise, 0 where something moved, changed or was hidden. */
  readonly trust: Plane;
  /** Standard deviation of the difference of both in a channel, in encoded values. */
  readonly noise: number;
}

/**
 * Tells noise from motion between aligned pictures. What noise is, is learnt by tone from the pictures themselves: the
 * median difference, as long as it is not far above that of neighbouring pixels. Kept from frame to frame.
 */
export class Agreement {
  #squares: Float64Array | undefined;
  #shifts: Float64Array | undefined;

  /**
   * @param current encoded, 0 to 1.
   * @param other a picture of the same size, aligned with it.
   */
  *measure(current: Picture, other: Picture): Steps<Agreed> {
    const { width, height, channels } = current;
    const colours = colourChannels(current);
    const [squares, shifts, tones] = [createPlane(width, height), createPlane(width, height), lumaOf(other)];
    for (let i = 0, at = 0; i < squares.values.length; i++, at += channels) {
      let [square, shift] = [0, 0];
      for (let c = at; c < at + colours; c++) {
        const difference = current.samples[c] - other.samples[c];
        square += difference * difference;
        shift += difference;
      }
      squares.values[i] = (square * 3) / colours;
      shifts.values[i] = shift / colours;
    }
    yield 0.3;
    const means = { width, height, values: boxMean(squares.values, width, height, reach) };
    yield 0.5;
    const meanShifts = { width, height, values: boxMean(shifts.values, width, height, reach) };
    for (let i = 0; i < meanShifts.values.length; i++) meanShifts.values[i] *= meanShifts.values[i];
    yield 0.7;
    this.#learn(current, means, meanShifts, tones);
    const trust = this.#trust(means, meanShifts, tones);
    return { trust, noise: this.#noise(tones) };
  }

  #learn(current: Picture, squares: Plane, shifts: Plane, tones: Plane): void {
    const [ofSquares, ofShifts, ofSpace] = [createToneMedians(), createToneMedians(), createToneMedians()];
    const { width, height, channels, samples } = current;
    const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 2 ** 16)));
    for (let y = 0; y < height; y += step) {
      for (let x = 1; x < width - 1; x += step) {
        const i = y * width + x;
        const tone = toneOf(tones.values[i]);
        ofSquares.add(tone, squares.values[i]);
        ofShifts.add(tone, shifts.values[i]);
        const at = i * channels;
        const second = samples[at] - (samples[at - channels] + samples[at + channels]) / 2;
        // Of a second difference: 1.5 times the variance, whose median is 0.455 times its mean; three channels of two pictures.
        ofSpace.add(tone, (second * second * 6) / (1.5 * 0.455));
      }
    }
    const limits = ofSpace.medians();
    const found = ofSquares.medians().map((median, tone) => Math.min(median, mostOverSpace * limits[tone]));
    const limited = ofShifts.medians().map((median, tone) => Math.min(median, (mostOverSpace * limits[tone]) / 3));
    this.#squares = blend(this.#squares, fillEmptyTones(found, leastSquare));
    this.#shifts = blend(this.#shifts, fillEmptyTones(limited, leastShift));
  }

  #trust(squares: Plane, shifts: Plane, tones: Plane): Plane {
    const trust = createPlane(squares.width, squares.height);
    const [ofSquares, ofShifts] = [this.#squares ?? new Float64Array(), this.#shifts ?? new Float64Array()];
    for (let i = 0; i < trust.values.length; i++) {
      const tone = toneOf(tones.values[i]);
      const bySquare = fallOff(squares.values[i] / ofSquares[tone], squareLimits);
      if (bySquare === 0) continue;
      trust.values[i] = Math.min(bySquare, fallOff(shifts.values[i] / ofShifts[tone], shiftLimits));
    }
    return trust;
  }

  /** The noise of the middle tone of the picture. */
  #noise(tones: Plane): number {
    const medians = this.#squares ?? new Float64Array();
    let [sum, count] = [0, 0];
    for (let i = 0; i < tones.values.length; i += 97, count++) sum += medians[toneOf(tones.values[i])];
    return Math.sqrt(sum / Math.max(count, 1) / 3);
  }
}

function fallOff(ratio: number, { trusted, refused }: { trusted: number; refused: number }): number {
  return Math.min(Math.max((refused - ratio) / (refused - trusted), 0), 1);
}

/** What is known of the noise, renewed in logarithms. */
function blend(known: Float64Array | undefined, found: Float64Array): Float64Array {
  if (!known) return found;
  return known.map((before, tone) => before ** (1 - renewal) * found[tone] ** renewal);
}
