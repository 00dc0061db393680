import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";
import { gaussianWindow } from "./gaussian-window.ts";
import { requireSameShape } from "./same-shape.ts";

const taps = 11;
const sigma = 1.5;
// For a range of 1.
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/**
 * Structural similarity: whether brightness, contrast and detail agree, window by window. More is better.
 *
 * 1 for equal pictures, at least -1. The mean over the colours of the mean over all windows that lie whole inside
 * the picture. Symmetric.
 *
 * Source: Wang, Bovik, Sheikh, Simoncelli, Image quality assessment: from error visibility to structural similarity,
 * IEEE TIP 13(4), 2004, equation 13: an 11x11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03. Departure: the paper
 * measures grey pictures; here, as is usual for enhancement, each colour is measured and the three are averaged.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ, or a side is under 11 pixels.
 * @example
 * // runs
 * ssim(result, reference); // 0.902
 * ssim(reference, reference); // 1
 */
export function ssim(result: Picture, reference: Picture): number {
  const colours = requireSameShape(result, reference);
  if (Math.min(result.width, result.height) < taps) {
    const size = `${result.width} x ${result.height}`;
    throw new KindlingError("unsupported", `SSIM needs ${taps} pixels on each side; the picture has ${size}.`);
  }
  let sum = 0;
  for (let colour = 0; colour < colours; colour++) sum += meanSsim(result, reference, colour);
  return sum / colours;
}

/** SSIM needs four windowed means: of x, y, x^2 + y^2 and xy. They are kept for the last 11 rows only. */
function meanSsim(result: Picture, reference: Picture, colour: number): number {
  const { width, height } = result;
  const window = gaussianWindow(taps, sigma);
  const across = width - taps + 1;
  const lines = Array.from({ length: 4 }, () => new Float64Array(width));
  const ring = Array.from({ length: taps }, () => new Float64Array(4 * across));
  const means = new Float64Array(4 * across);
  let sum = 0;
  for (let row = 0; row < height; row++) {
    fillLines(lines, result, reference, row, colour);
    for (const [k, line] of lines.entries()) filterLine(line, window, ring[row % taps], k * across, across);
    if (row < taps - 1) continue;

    filterRows(
      Array.from({ length: taps }, (_, k) => ring[(row + 1 + k) % taps]),
      window,
      means,
    );
    for (let i = 0; i < across; i++) {
      const x = means[i];
      const y = means[across + i];
      const variances = means[2 * across + i] - x * x - y * y;
      const covariance = means[3 * across + i] - x * y;
      sum += ((2 * x * y + c1) * (2 * covariance + c2)) / ((x * x + y * y + c1) * (variances + c2));
    }
  }
  return sum / (across * (height - taps + 1));
}

function fillLines(lines: Float64Array[], result: Picture, reference: Picture, row: number, colour: number): void {
  const { width } = result;
  const [xs, ys, squares, products] = lines;
  let p = row * width * result.channels + colour;
  let q = row * width * reference.channels + colour;
  for (let i = 0; i < width; i++, p += result.channels, q += reference.channels) {
    const x = result.samples[p];
    const y = reference.samples[q];
    xs[i] = x;
    ys[i] = y;
    squares[i] = x * x + y * y;
    products[i] = x * y;
  }
}

/** The window's halves mirror each other: adding before weighting halves the products. */
function filterLine(line: Float64Array, window: Float64Array, target: Float64Array, at: number, count: number): void {
  const [w0, w1, w2, w3, w4, w5] = window;
  for (let i = 0; i < count; i++) {
    target[at + i] =
      w0 * (line[i] + line[i + 10]) +
      w1 * (line[i + 1] + line[i + 9]) +
      w2 * (line[i + 2] + line[i + 8]) +
      w3 * (line[i + 3] + line[i + 7]) +
      w4 * (line[i + 4] + line[i + 6]) +
      w5 * line[i + 5];
  }
}

function filterRows(rows: Float64Array[], window: Float64Array, target: Float64Array): void {
  const [w0, w1, w2, w3, w4, w5] = window;
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10] = rows;
  for (let i = 0; i < target.length; i++) {
    target[i] =
      w0 * (r0[i] + r10[i]) +
      w1 * (r1[i] + r9[i]) +
      w2 * (r2[i] + r8[i]) +
      w3 * (r3[i] + r7[i]) +
      w4 * (r4[i] + r6[i]) +
      w5 * r5[i];
  }
}
