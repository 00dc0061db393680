import { createRandom, type Photo } from "@kindling/core";
import { integersOfPicture, pictureOfIntegers } from "@kindling/core/internal";
import { openEnhancer } from "../../enhance/open-enhancer.ts";
import type { SpeedJob, SpeedRow } from "./speed-row.ts";

// The process that `measureSpeed` starts for a row, so that peak memory is the row's own. It imports no more than it
// needs.

/** Photos after the first are measured until this time is over: three at least, fifteen at most. */
const enoughMs = 3000;

const asRead = { metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;

process.once("disconnect", () => process.exit());

process.once("message", async (job: SpeedJob) => {
  try {
    process.send?.({ row: await measure(job) });
  } catch (error) {
    process.send?.({ message: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
});

async function measure({ method, width, height, ...where }: SpeedJob): Promise<SpeedRow> {
  const enhancer = await openEnhancer({ method, ...where });
  const pixels = integersOfPicture(noise(width, height), 8);
  const runs: (readonly Moment[])[] = [];
  for (let spent = 0; runs.length < 4 || (spent < enoughMs && runs.length < 16); ) {
    const moments = [now()];
    const photo: Photo = { ...asRead, picture: pictureOfIntegers(pixels) };
    moments.push(now());
    const scene = await enhancer.analyse(photo);
    moments.push(now());
    const { picture } = await scene.relight({ light: 2 });
    moments.push(now());
    integersOfPicture(picture, 8);
    runs.push([...moments, now()]);
    if (runs.length > 1) spent += between(runs.at(-1) ?? [], 0, 4, "wall");
  }
  await enhancer.close();
  const medianOf = (from: number, to: number, clock: keyof Moment) =>
    median(runs.slice(1).map((moments) => between(moments, from, to, clock)));
  const wholeMs = medianOf(0, 4, "wall");
  return {
    method,
    width,
    height,
    firstMs: between(runs[0] ?? [], 0, 4, "wall"),
    wholeMs,
    processorMs: medianOf(0, 4, "processor"),
    analysisMs: medianOf(1, 2, "wall"),
    relightingMs: medianOf(2, 3, "wall"),
    megapixelsPerSecond: (width * height) / 1e3 / wholeMs,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** A moment by the clock of the wall and by the processor's, in milliseconds. */
interface Moment {
  readonly wall: number;
  readonly processor: number;
}

function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}

function between(moments: readonly Moment[], from: number, to: number, clock: keyof Moment): number {
  return (moments[to]?.[clock] ?? Number.NaN) - (moments[from]?.[clock] ?? Number.NaN);
}

/** A dark picture without structure: the time of no method here depends on what it shows. */
function noise(width: number, height: number) {
  const random = createRandom(1, "bench");
  const samples = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random());
  return { width, height, channels: 3 as const, samples };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
