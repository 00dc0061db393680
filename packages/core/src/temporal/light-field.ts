import { colourChannels, type Picture } from "../image/picture.ts";

/** Cells of a field over the width and the height of a picture, and tones in each. */
export const fieldColumns = 16;
export const fieldRows = 9;
export const fieldTones = 12;

/** Numbers of a field. */
export const fieldSize = fieldColumns * fieldRows * fieldTones;

/** Square roots of values beyond these are too near black or white for a gain to be read from them. */
const [leastRoot, mostRoot] = [0.02, 0.97];

/** Pixels that a field is measured on. */
const mostPixels = 2 ** 16;

/**
 * What a method did to the light of a frame, for every place and tone: a grid over the picture and the tones of the frame,
 * as in a bilateral grid (arXiv 1707.02880). Gains are natural logarithms k of the curve by which Ember lights, with m the
 * square root of the greatest channel: m becomes e^k m / ((e^k - 1) m + 1).
 */
export interface LightField {
  /** Gains, [tones, rows, columns], each times its weight. */
  readonly sums: Float32Array;
  /** How much of the frame has this place and tone: 1 where a whole cell has. */
  readonly weights: Float32Array;
  /** What red, green and blue gained beside all three together: natural logarithms. */
  readonly colours: readonly [number, number, number];
}

/** Measures what a method did to the light of a frame. Both pictures have one size. */
export function measureLight(before: Picture, after: Picture): LightField {
  const { width, height, channels } = before;
  const [inputs, outputs, weights] = [0, 1, 2].map(() => new Float32Array(fieldSize));
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / mostPixels)));
  const [columns, rows] = [axisPlaces(width, fieldColumns), axisPlaces(height, fieldRows)];
  const [inMeans, outMeans] = [
    [1e-4, 1e-4, 1e-4],
    [1e-4, 1e-4, 1e-4],
  ];
  const hasColours = colourChannels(before) === 3;
  let count = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step, count++) {
      const at = (y * width + x) * channels;
      const [input, output] = [greatestRoot(before, at), greatestRoot(after, at)];
      spread(toneOfRoot(input), rows[y], columns[x], (cell, weight) => {
        weights[cell] += weight;
        inputs[cell] += weight * input;
        outputs[cell] += weight * output;
      });
      for (let c = 0; hasColours && c < 3; c++) {
        inMeans[c] += before.samples[at + c];
        outMeans[c] += after.samples[at + c];
      }
    }
  }
  const share = (fieldColumns * fieldRows) / count;
  const sums = new Float32Array(fieldSize);
  for (let cell = 0; cell < fieldSize; cell++) {
    if (weights[cell] === 0) continue;
    const gain = logit(outputs[cell] / weights[cell]) - logit(inputs[cell] / weights[cell]);
    weights[cell] *= share;
    sums[cell] = gain * weights[cell];
  }
  const gained = inMeans.map((mean, c) => Math.log(outMeans[c] / mean));
  const all = (gained[0] + gained[1] + gained[2]) / 3;
  return { sums, weights, colours: [gained[0] - all, gained[1] - all, gained[2] - all] };
}

/** The tones of a frame by which a field is read, 0 to 255, one a pixel. */
export function tonesOf(frame: Picture): Uint8Array {
  const { width, height, channels } = frame;
  const tones = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < tones.length; i++, at += channels) {
    tones[i] = Math.round((255 * toneOfRoot(greatestRoot(frame, at))) / (fieldTones - 1));
  }
  return tones;
}

/** The square root of the greatest channel of a pixel, 0 to 1. */
function greatestRoot({ samples, channels }: Picture, at: number): number {
  const value = channels < 3 ? samples[at] : Math.max(samples[at], samples[at + 1], samples[at + 2]);
  return value <= 0 ? 0 : value >= 1 ? 1 : Math.sqrt(value);
}

/** The place of a root among the tones: finer in the dark. */
function toneOfRoot(root: number): number {
  return ((1.3 * root) / (root + 0.3)) * (fieldTones - 1);
}

/** The places of pixels among the cells of an axis; whole numbers are the centres of cells. */
export function axisPlaces(pixels: number, cells: number): Float64Array {
  return Float64Array.from({ length: pixels }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * cells) / pixels - 0.5, 0), cells - 1),
  );
}

/** Gives the eight cells around a place their shares. */
function spread(tone: number, row: number, column: number, give: (cell: number, weight: number) => void): void {
  const [t, y, x] = [Math.floor(tone), Math.floor(row), Math.floor(column)];
  for (let i = 0; i < 8; i++) {
    const [up, down, right] = [i & 1, (i >> 1) & 1, i >> 2];
    const ofTone = up ? tone - t : 1 - (tone - t);
    const ofRow = down ? row - y : 1 - (row - y);
    const weight = ofTone * ofRow * (right ? column - x : 1 - (column - x));
    if (weight > 0) give(((t + up) * fieldRows + y + down) * fieldColumns + x + right, weight);
  }
}

function logit(root: number): number {
  const kept = Math.min(Math.max(root, leastRoot), mostRoot);
  return Math.log(kept / (1 - kept));
}
