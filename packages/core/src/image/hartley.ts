import type { Steps } from "../flow/steps.ts";
import { type FourierTransform, fourierTransform } from "./fourier.ts";

/** Lines transformed between two yields. */
const samplesPerStep = 1 << 15;

/**
 * Transforms a real map along both axes by the discrete Hartley transform (cos + sin), in place, not scaled.
 *
 * Done twice it gives the map times its number of values. It turns a convolution (periodic) by a kernel that is even
 * along each axis into a product with that kernel's Fourier transform, as the Fourier transform does, but stays real.
 *
 * @param values `width * height` values, rows from the top.
 */
export function* hartley(values: Float64Array, width: number, height: number): Steps<void> {
  yield* transformLines(values, height, width, 1, fourierTransform(width), 0);
  yield* transformLines(values, width, 1, width, fourierTransform(height), 0.5);
}

/** Transforms `lines` lines, two at a time: as the real and the imaginary part of one complex sequence. */
function* transformLines(
  values: Float64Array,
  lines: number,
  lineStride: number,
  stride: number,
  { length, transform }: FourierTransform,
  done: number,
): Steps<void> {
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  let worked = 0;
  for (let line = 0; line < lines; line += 2) {
    const first = line * lineStride;
    // The last of an odd number of lines goes along with itself.
    const second = Math.min(line + 1, lines - 1) * lineStride;
    for (let k = 0; k < length; k++) {
      real[k] = values[first + k * stride];
      imaginary[k] = values[second + k * stride];
    }
    transform(real, imaginary);
    for (let k = 0; k < length; k++) {
      const opposite = k === 0 ? 0 : length - k;
      const re = real[k] + real[opposite];
      const im = imaginary[k] + imaginary[opposite];
      const reDifference = real[k] - real[opposite];
      const imDifference = imaginary[k] - imaginary[opposite];
      values[first + k * stride] = (re - imDifference) / 2;
      values[second + k * stride] = (im + reDifference) / 2;
    }
    worked += 2 * length;
    if (worked >= samplesPerStep) {
      worked = 0;
      yield done + 0.5 * Math.min(1, (line + 2) / lines);
    }
  }
}
