// Brightness, noise and colour of the photos in each folder, side by side.   npx tsx scripts/measure-dark-photos.ts <folder...>

import { type Picture, readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";

/** Luma of every pixel, 0 to 255. */
function lumaOf({ width, height, channels, samples }: Picture): Float64Array {
  const step = channels < 3 ? 0 : 1;
  return Float64Array.from({ length: width * height }, (_, i) => {
    const first = i * channels;
    return 255 * (0.299 * samples[first] + 0.587 * samples[first + step] + 0.114 * samples[first + 2 * step]);
  });
}

/** Standard deviation of the noise: Immerkaer, "Fast noise variance estimation", CVIU 64(2), 1996; texture adds to it. */
function noiseOf(luma: Float64Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const row = (i: number) => luma[i - 1] - 2 * luma[i] + luma[i + 1];
      const i = y * width + x;
      sum += Math.abs(row(i - width) - 2 * row(i) + row(i + width));
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2));
}

/** Averages every two by two pixels, which removes fine grain and keeps coarse grain. */
function halveSize(luma: Float64Array, width: number, height: number): Float64Array {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  return Float64Array.from({ length: halfWidth * halfHeight }, (_, i) => {
    const first = 2 * Math.floor(i / halfWidth) * width + 2 * (i % halfWidth);
    return (luma[first] + luma[first + 1] + luma[first + width] + luma[first + width + 1]) / 4;
  });
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The 10th, 50th and 90th percentile. */
function spread(values: number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.1, 0.5, 0.9]
    .map((share) => sorted[Math.round(share * (sorted.length - 1))].toFixed(digits).padStart(7))
    .join("");
}

interface Measured {
  readonly mean: number;
  readonly brightest: number;
  readonly noise: number;
  readonly coarse: number;
  readonly redOverBlue: number;
}

function measure(picture: Picture): Measured {
  const { width, height, channels, samples } = picture;
  const luma = lumaOf(picture);
  const channel = (c: number) => meanOf(samples.filter((_, i) => i % channels === c));
  return {
    mean: meanOf(luma),
    brightest: luma.toSorted()[Math.floor(luma.length * 0.99)],
    noise: noiseOf(luma, width, height),
    coarse: noiseOf(halveSize(luma, width, height), width >> 1, height >> 1),
    redOverBlue: channels < 3 ? 1 : channel(0) / Math.max(channel(2), 1e-6),
  };
}

const lines: readonly (readonly [name: string, digits: number, of: (photo: Measured) => number])[] = [
  ["mean luma (0-255)", 1, ({ mean }) => mean],
  ["brightest hundredth", 1, ({ brightest }) => brightest],
  ["noise sigma (levels)", 2, ({ noise }) => noise],
  ["the same at half the size", 2, ({ coarse }) => coarse],
  ["noise over mean luma (%)", 1, ({ mean, noise }) => (100 * noise) / mean],
  ["mean red over mean blue", 2, ({ redOverBlue }) => redOverBlue],
];

for (const folder of process.argv.slice(2)) {
  const photos: Measured[] = [];
  for (const path of await listPhotos(folder)) photos.push(measure((await readPhoto(path)).picture));
  console.log(`${folder}: ${photos.length} photos (of them the 10th, 50th and 90th of a hundred)`);
  for (const [name, digits, of] of lines) console.log(`  ${name.padEnd(26)}${spread(photos.map(of), digits)}`);
}
