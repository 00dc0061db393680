import type { PatchTransform } from "./patch-transform.ts";

const size = 8;
/** What a pair's low frequency takes from the high ones of the pairs before and after it. */
const lift = 22 / 128;

/**
 * The biorthogonal wavelet transform bior1.5 of patches of 8 pixels, to the last level: each level splits the low
 * frequencies of the one before, rows first, lines periodic.
 *
 * bior1.5 is Haar's wavelet whose low frequencies are corrected by the high ones of two pairs to either side. In a line of
 * 8 the outer two cancel out, in shorter ones the inner two as well.
 *
 * The inverse undoes the transform; that of the IPOL program is Haar's, which does not quite.
 */
export const waveletTransform: PatchTransform = {
  size,
  forward(values, at) {
    for (let length = size; length >= 2; length /= 2) {
      for (let y = 0; y < length; y++) split(values, at + y * size, 1, length);
      for (let x = 0; x < length; x++) split(values, at + x, size, length);
    }
  },
  inverse(values, at) {
    for (let length = 2; length <= size; length *= 2) {
      for (let x = 0; x < length; x++) join(values, at + x, size, length);
      for (let y = 0; y < length; y++) join(values, at + y * size, 1, length);
    }
  },
};

const line = new Float64Array(size);

/** Splits a line into its low frequencies and, behind them, its high ones. */
function split(values: Float64Array, first: number, stride: number, length: number): void {
  const half = length / 2;
  for (let i = 0; i < length; i++) line[i] = values[first + i * stride];
  for (let k = 0; k < half; k++) {
    values[first + k * stride] = (line[2 * k] + line[2 * k + 1]) * Math.SQRT1_2;
    values[first + (k + half) * stride] = (line[2 * k + 1] - line[2 * k]) * Math.SQRT1_2;
  }
  if (length === size) correct(values, first, stride, lift);
}

/** Undoes `split`. */
function join(values: Float64Array, first: number, stride: number, length: number): void {
  const half = length / 2;
  if (length === size) correct(values, first, stride, -lift);
  for (let i = 0; i < length; i++) line[i] = values[first + i * stride];
  for (let k = 0; k < half; k++) {
    values[first + 2 * k * stride] = (line[k] - line[k + half]) * Math.SQRT1_2;
    values[first + (2 * k + 1) * stride] = (line[k] + line[k + half]) * Math.SQRT1_2;
  }
}

/** Adds to the low frequencies of a line of 8 what bior1.5 takes from the high ones. */
function correct(values: Float64Array, first: number, stride: number, by: number): void {
  for (let k = 0; k < 4; k++) {
    const before = values[first + (4 + ((k + 3) % 4)) * stride];
    const after = values[first + (4 + ((k + 1) % 4)) * stride];
    values[first + k * stride] += by * (before - after);
  }
}
