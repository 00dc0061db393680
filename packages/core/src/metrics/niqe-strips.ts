import { cubicKernel } from "../image/bicubic-resize.ts";
import { colourChannels, type Picture } from "../image/picture.ts";
import { symmetricIndex } from "../image/symmetric-index.ts";
import { gaussianWindow } from "./gaussian-window.ts";

/**
 * Some rows of a picture: row `top` of the picture is the first one here. Levels of 0..255.
 *
 * Values are float32 as in BasicSR: it makes the local mean of a flat area exactly its level. In doubles the rounding
 * noise there would count as texture to the left or to the right of zero.
 */
export interface Strip {
  readonly width: number;
  readonly top: number;
  readonly values: Float32Array;
}

const window = { taps: 7, sigma: 7 / 6 } as const;
const windowReach = (window.taps - 1) / 2;

/** MATLAB's antialiased bicubic at half size: the weights of 8 pixels about the point between the fourth and fifth. */
const halfWeights = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5].map((distance) => cubicKernel(distance / 2) / 2);
const halfReach = halfWeights.length / 2 - 1;

/** Rows of luma that a block row needs beyond itself, on each side, at both scales. */
const lumaMargin = 2 * windowReach + halfReach + 1;

/** Luma of the rows `top` to `bottom` of a picture cut to `width` x `height`, and of as many beyond as both scales need. */
export function lumaStrip(picture: Picture, width: number, height: number, top: number, bottom: number): Strip {
  const first = Math.max(0, top - lumaMargin);
  const last = Math.min(height, bottom + lumaMargin);
  const { samples, channels } = picture;
  const isGrey = colourChannels(picture) === 1;
  const values = new Float32Array((last - first) * width);
  for (let y = first; y < last; y++) {
    for (let x = 0; x < width; x++) {
      const p = (y * picture.width + x) * channels;
      const [r, g, b] = isGrey ? [samples[p], samples[p], samples[p]] : [samples[p], samples[p + 1], samples[p + 2]];
      // The video range of BT.601, in whole levels: what MATLAB's rgb2ycbcr gives for bytes.
      values[(y - first) * width + x] = Math.round(16 + 65.481 * r + 128.553 * g + 24.966 * b);
    }
  }
  return { width, top: first, values };
}

/** The rows `top` to `bottom` of the picture at half size, and as many beyond as the window needs. Borders are mirrored. */
export function halfStrip(luma: Strip, height: number, top: number, bottom: number): Strip {
  const first = Math.max(0, top - windowReach);
  const last = Math.min(height / 2, bottom + windowReach);
  const width = luma.width / 2;
  const line = new Float64Array(luma.width);
  const values = new Float32Array((last - first) * width);
  for (let y = first; y < last; y++) {
    line.fill(0);
    for (const [k, weight] of halfWeights.entries()) {
      const row = (symmetricIndex(2 * y - halfReach + k, height) - luma.top) * luma.width;
      for (let x = 0; x < line.length; x++) line[x] += weight * luma.values[row + x];
    }
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < halfWeights.length; k++) {
        sum += halfWeights[k] * line[symmetricIndex(2 * x - halfReach + k, luma.width)];
      }
      values[(y - first) * width + x] = sum;
    }
  }
  return { width, top: first, values };
}

/**
 * The rows `top` to `bottom` with their local mean taken off and divided by their local deviation + 1 (equation 1),
 * and that deviation. The window is a Gaussian of 7x7; borders are repeated.
 */
export function normaliseStrip(
  source: Strip,
  height: number,
  top: number,
  bottom: number,
): { normalised: Strip; deviation: Strip } {
  const { width } = source;
  const weights = gaussianWindow(window.taps, window.sigma);
  const normalised = new Float32Array((bottom - top) * width);
  const deviation = new Float32Array(normalised.length);
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let y = top; y < bottom; y++) {
    means.fill(0);
    squares.fill(0);
    for (let k = 0; k < window.taps; k++) {
      const row = (clampIndex(y - windowReach + k, height) - source.top) * width;
      for (let x = 0; x < width; x++) {
        const value = source.values[row + x];
        means[x] += weights[k] * value;
        squares[x] += weights[k] * value * value;
      }
    }
    for (let x = 0; x < width; x++) {
      let mean = 0;
      let square = 0;
      for (let k = 0; k < window.taps; k++) {
        const column = clampIndex(x - windowReach + k, width);
        mean += weights[k] * means[column];
        square += weights[k] * squares[column];
      }
      mean = Math.fround(mean);
      const at = (y - top) * width + x;
      deviation[at] = Math.sqrt(Math.abs(Math.fround(square) - Math.fround(mean * mean)));
      normalised[at] = (source.values[(y - source.top) * width + x] - mean) / (deviation[at] + 1);
    }
  }
  return { normalised: { width, top, values: normalised }, deviation: { width, top, values: deviation } };
}

function clampIndex(position: number, count: number): number {
  return Math.min(count - 1, Math.max(0, position));
}
