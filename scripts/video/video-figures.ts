import { meanLuminance, type Picture } from "@kindling/node";

/** Luminance in linear light of a square of 16 pixels, as means over the frames of a clip are taken of. */
const squarePx = 16;

/** The mean luminance of every whole square of a frame. */
function squaresOf(frame: Picture): Float64Array {
  const [columns, rows] = [Math.floor(frame.width / squarePx), Math.floor(frame.height / squarePx)];
  return Float64Array.from({ length: columns * rows }, (_, i) => {
    const [left, top] = [(i % columns) * squarePx, Math.floor(i / columns) * squarePx];
    const samples = new Float32Array(squarePx * squarePx * 3);
    for (let y = 0; y < squarePx; y++) {
      const from = ((top + y) * frame.width + left) * 3;
      samples.set(frame.samples.subarray(from, from + squarePx * 3), y * squarePx * 3);
    }
    return meanLuminance({ width: squarePx, height: squarePx, channels: 3, samples });
  });
}

/** How much squares of a clip vary over time, and how light they are: means over the squares. */
export interface Flicker {
  readonly deviation: number;
  readonly mean: number;
}

/**
 * Measures flicker: the standard deviation over time of the brightness of squares of 16 pixels.
 *
 * @param isStill the squares that count; all if not given.
 */
export function measureFlicker(frames: readonly Picture[], isStill: (square: number) => boolean = () => true): Flicker {
  const series = frames.map(squaresOf);
  let [deviation, mean, count] = [0, 0, 0];
  for (let square = 0; square < series[0].length; square++) {
    if (!isStill(square)) continue;
    const values = series.map((squares) => squares[square]);
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    deviation += Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length);
    mean += average;
    count++;
  }
  return { deviation: deviation / count, mean: mean / count };
}

/** The squares of a clip without noise that never change. */
export function stillSquares(clean: readonly Picture[]): (square: number) => boolean {
  const series = clean.map(squaresOf);
  const isStill = Array.from(series[0], (first, square) =>
    series.every((squares) => Math.abs(squares[square] - first) <= 1e-6 + 0.002 * first),
  );
  return (square) => isStill[square];
}

/**
 * Measures the temporal warping error of a clip whose picture shifts by a known number of whole pixels a frame: the root mean
 * square difference of each frame from the one before, shifted. Source of the measure: Lai et al., arXiv 1808.00449.
 */
export function measureWarpingError(frames: readonly Picture[], shiftPx: number): number {
  let [sum, count] = [0, 0];
  for (let t = 1; t < frames.length; t++) {
    const [before, now] = [frames[t - 1], frames[t]];
    for (let y = 0; y < now.height; y++) {
      for (let i = y * now.width * 3; i < ((y + 1) * now.width - shiftPx) * 3; i++, count++) {
        sum += (now.samples[i] - before.samples[i + shiftPx * 3]) ** 2;
      }
    }
  }
  return Math.sqrt(sum / count);
}
