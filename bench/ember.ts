/**
 * How long Ember and KinD take for a photo in the pipeline: analysis, which is done once, and relighting, which is done
 * at every move of the slider. End to end is both with the conversions from the integers of a file and to them, without
 * packing and unpacking the file itself.
 *
 * Run: npx tsx bench/ember.ts [threads] [methods...]. Prints Markdown. Each row is a process of its own, so that its peak
 * memory is its own. The first photo pays for memory that the others find there; processor time is that of all threads
 * together.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createRandom, type Photo } from "@kindling/core";
import { integersOfPicture, pictureOfIntegers } from "@kindling/core/internal";
import { openEnhancer } from "@kindling/node";

/** Milliseconds; medians but for the first. */
interface Measured {
  readonly first: number;
  readonly whole: number;
  readonly wholeProcessor: number;
  readonly analyse: number;
  readonly relight: number;
  readonly analyseProcessor: number;
  readonly relightProcessor: number;
  readonly peakMB: number;
}

/** Width, height and how many photos after the first. KinD would take minutes for 12 megapixels. */
const sizes: Readonly<Record<string, readonly [number, number, number]>> = {
  "640x480": [640, 480, 15],
  "1000x1000": [1000, 1000, 7],
  "4000x3000": [4000, 3000, 3],
};
const sizesOf = (method: string) => Object.keys(sizes).slice(0, method === "kind" ? 2 : 3);

const asRead = { metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;

const [threads = "2", method, size = ""] = process.argv.slice(2);
const chosen = sizes[size];
if (method && chosen) console.log(JSON.stringify(await measure(method, chosen)));
else printTable(process.argv.slice(3));

function printTable(methods: readonly string[]): void {
  console.log(`Node ${process.version}, ${process.arch}, ${threads} threads. Medians in ms.\n`);
  const times = ["end to end", "processor time", "first run", "analysis", "relighting"];
  const heads = ["method", "photo", ...times, "relighting / analysis", "in processor time", "peak memory MB"];
  console.log(`| ${heads.join(" | ")} |\n| --- | --- |${" ---: |".repeat(heads.length - 2)}`);
  for (const name of methods.length > 0 ? methods : ["ember", "ember.int8", "kind"]) {
    for (const photo of sizesOf(name)) {
      const words = [...process.execArgv, fileURLToPath(import.meta.url), threads, name, photo];
      const row = JSON.parse(String(execFileSync(process.execPath, words))) as Measured;
      const ms = [row.whole, row.wholeProcessor, row.first, row.analyse, row.relight];
      const shares = [row.relight / row.analyse, row.relightProcessor / row.analyseProcessor];
      const times = ms.map((value) => value.toFixed(value < 10 ? 1 : 0));
      const cells = [...times, ...shares.map((share) => `${(100 * share).toFixed(1)} %`), row.peakMB.toFixed(0)];
      console.log(`| ${[name, photo, ...cells].join(" | ")} |`);
    }
  }
}

async function measure(name: string, [width, height, times]: readonly [number, number, number]): Promise<Measured> {
  const enhancer = await openEnhancer({ method: name, device: "cpu", threads: Number(threads) });
  const pixels = integersOfPicture(noise(width, height), 8);
  const runs: (readonly Moment[])[] = [];
  for (let i = 0; i <= times; i++) {
    const moments = [now()];
    const photo: Photo = { ...asRead, picture: pictureOfIntegers(pixels) };
    moments.push(now());
    const scene = await enhancer.analyse(photo);
    moments.push(now());
    const { picture } = await scene.relight({ light: 3 });
    moments.push(now());
    integersOfPicture(picture, 8);
    runs.push([...moments, now()]);
  }
  await enhancer.close();
  const [first, ...others] = runs.map((moments) => between(moments, 0, 4, "wall"));
  const of = (from: number, to: number, clock: keyof Moment) =>
    median(runs.slice(1).map((moments) => between(moments, from, to, clock)));
  return {
    first: first ?? Number.NaN,
    whole: median(others),
    wholeProcessor: of(0, 4, "processor"),
    analyse: of(1, 2, "wall"),
    relight: of(2, 3, "wall"),
    analyseProcessor: of(1, 2, "processor"),
    relightProcessor: of(2, 3, "processor"),
    peakMB: process.resourceUsage().maxRSS / 1024,
  };
}

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

function noise(width: number, height: number) {
  const random = createRandom(1, "bench");
  const samples = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random());
  return { width, height, channels: 3 as const, samples };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
