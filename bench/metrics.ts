// How fast metrics are, and what NIQE of a large photo takes in memory.   npm run build && npx tsx bench/metrics.ts
import { ciede2000, createPicture, createRandom, loe, type Picture, psnr, ssim } from "@kindling/core";
import { niqeFeatures } from "@kindling/core/internal";

const repetitions = 15;

function texturedPicture(width: number, height: number, seed: number): Picture {
  const random = createRandom(seed, "bench");
  const picture = createPicture(width, height, 3);
  for (let i = 0; i < picture.samples.length; i++) {
    picture.samples[i] = 0.4 + 0.2 * Math.sin(i / 301) + 0.2 * random();
  }
  return picture;
}

/** The best of several runs: what the machine can do when nothing else disturbs it. */
function bestMs(work: () => unknown): number {
  const times = Array.from({ length: repetitions }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

const [result, reference] = [texturedPicture(600, 400, 1), texturedPicture(600, 400, 2)];
const pairMetrics = {
  "PSNR + SSIM": () => psnr(result, reference) + ssim(result, reference),
  CIEDE2000: () => ciede2000(result, reference),
  LOE: () => loe(result, reference),
  NIQE: () => niqeFeatures(result),
};
for (const [name, work] of Object.entries(pairMetrics)) {
  console.log(`600 x 400  ${name.padEnd(12)} ${bestMs(work).toFixed(1)} ms`);
}

const large = texturedPicture(6000, 4000, 3);
const residentMb = () => process.memoryUsage().rss / 1e6;
const before = residentMb();
const startedAt = performance.now();
niqeFeatures(large);
const seconds = (performance.now() - startedAt) / 1000;
const pictureMb = large.samples.byteLength / 1e6;
const peakMb = process.resourceUsage().maxRSS / 1e3;
console.log(
  `6000 x 4000  NIQE  ${seconds.toFixed(1)} s; the picture takes ${pictureMb.toFixed(0)} MB, NIQE at most ${(peakMb - before).toFixed(0)} MB more`,
);
