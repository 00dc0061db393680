import { copyPicture, type Picture, type Random } from "@kindling/core";
import { evenly, logEvenly, wholeEvenly } from "./draw.ts";
import { gaussian } from "./random-variates.ts";

/** Noise of a finished file, in encoded values, standard deviations in levels of 255. */
export interface FileNoise {
  /** From pixel to pixel, alike in all channels. */
  readonly luma: number;
  /** From pixel to pixel, independent in each channel. */
  readonly chroma: number;
  /** Of blotches of colour, as noise reduction and compression leave them. */
  readonly blotches: number;
  /** Distance between the centres of blotches, pixels. */
  readonly blotchPx: number;
  /** Of whole rows, alike in all channels. */
  readonly rows: number;
}

/** Draws the strengths of noise: luma evenly on a logarithmic scale from `min` to `max`, the others in proportion. */
export function drawFileNoise(random: Random, min: number, max: number): FileNoise {
  const luma = logEvenly(random, min, max);
  return {
    luma,
    chroma: luma * evenly(random, 0.1, 1.5),
    blotches: random() < 0.6 ? luma * evenly(random, 0.1, 0.8) : 0,
    blotchPx: wholeEvenly(random, 2, 24),
    rows: random() < 0.25 ? luma * evenly(random, 0.05, 0.3) : 0,
  };
}

/** Adds noise to an RGB picture and clips it to 0 to 1, as a file does: noise about black is cut in half. */
export function addFileNoise(picture: Picture, noise: FileNoise, random: Random): Picture {
  const noisy = copyPicture(picture);
  const { width, height, samples } = noisy;
  const blotches = [0, 1, 2].map(() => blotchesOf(width, height, noise, random));
  for (let y = 0, i = 0; y < height; y++) {
    const row = noise.rows > 0 ? noise.rows * gaussian(random) : 0;
    for (let x = 0; x < width; x++) {
      const shared = row + noise.luma * gaussian(random);
      for (const channel of blotches) {
        const own = noise.chroma * gaussian(random) + channel(x, y);
        samples[i] = Math.min(Math.max(samples[i] + (shared + own) / 255, 0), 1);
        i++;
      }
    }
  }
  return noisy;
}

/** Noise of a coarse grid, interpolated between its points. */
function blotchesOf(
  width: number,
  height: number,
  { blotches, blotchPx }: FileNoise,
  random: Random,
): (x: number, y: number) => number {
  if (blotches === 0) return () => 0;
  const columns = Math.ceil(width / blotchPx) + 2;
  const grid = Float32Array.from(
    { length: columns * (Math.ceil(height / blotchPx) + 2) },
    () => blotches * gaussian(random),
  );
  return (x, y) => {
    const [left, top] = [Math.floor(x / blotchPx), Math.floor(y / blotchPx)];
    const [right, down] = [x / blotchPx - left, y / blotchPx - top];
    const at = top * columns + left;
    const above = grid[at] + right * (grid[at + 1] - grid[at]);
    const below = grid[at + columns] + right * (grid[at + columns + 1] - grid[at + columns]);
    return above + down * (below - above);
  };
}
