/**
 * What `kindling enhance` takes for one photo, as a whole process, by the photo's size: seconds, processor time, peak memory.
 *
 * Run: npx tsc -b && npx tsx bench/command-photos.ts [--methods ember,lime] [--runs 3] [another checkout]. The commands of two
 * checkouts take turns. Printed is the least of the runs, which other work on the machine disturbs least, and below the table
 * a straight line through each method's processor times: what a command takes before its first pixel, and for each megapixel.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { type Cost, measureNode } from "./metered-command.ts";

/** Width and height; a hundred megapixels are for Ember alone. */
const sizes = [
  [640, 480],
  [1224, 816],
  [4000, 3000],
  [6000, 4000],
  [11600, 8700],
] as const;

/** Megapixels that a method is measured up to. */
const most: Readonly<Record<string, number>> = {
  ember: 101,
  "ember.int8": 25,
  lime: 25,
  clahe: 25,
  gamma: 25,
  kind: 1,
};

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  options: { methods: { type: "string", default: Object.keys(most).join() }, runs: { type: "string", default: "3" } },
  allowPositionals: true,
});
const [other] = positionals;
const runs = Number(values.runs);
const checkouts = [...(other === undefined ? [] : [resolve(other)]), root];
const folder = mkdtempSync(join(tmpdir(), "kindling-photos-"));

try {
  const columns = ["s", "processor s", "MP/s", "peak MB"];
  const heads =
    checkouts.length === 1 ? columns : ["there", "here"].flatMap((at) => columns.map((of) => `${of} ${at}`));
  console.log(`Node ${process.version}, ${process.arch}; least of ${runs} runs of whole commands.\n`);
  console.log(`| method | photo | ${heads.join(" | ")} |\n| --- | --- |${heads.map(() => " ---: |").join("")}`);
  const lines: string[] = [];
  for (const method of values.methods.split(",")) {
    const measured: { megapixels: number; processorMs: number }[] = [];
    for (const [width, height] of sizes) {
      const megapixels = (width * height) / 1e6;
      if (megapixels > (most[method] ?? 1)) continue;
      const photo = await makePhoto(width, height);
      const costs = leastCosts(method, photo);
      const cells = costs.flatMap(({ wallMs, processorMs, peakBytes }) => [
        (wallMs / 1e3).toFixed(2),
        (processorMs / 1e3).toFixed(2),
        ((1e3 * megapixels) / wallMs).toFixed(1),
        (peakBytes / 1e6).toFixed(0),
      ]);
      console.log(`| ${method} | ${width}x${height} | ${cells.join(" | ")} |`);
      const here = costs.at(-1);
      if (here) measured.push({ megapixels, processorMs: here.processorMs });
    }
    if (measured.length > 2) lines.push(`${method}: ${lineThrough(measured)}`);
  }
  if (lines.length > 0) console.log(`\n${lines.join("\n")}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makePhoto(width: number, height: number): Promise<string> {
  const photo = join(folder, `${width}x${height}.jpg`);
  const night = join(root, "examples/photos/street-after-rain.jpg");
  await sharp(night).resize({ width, height, fit: "fill" }).jpeg({ quality: 90 }).toFile(photo);
  return photo;
}

/** The least cost at each checkout. */
function leastCosts(method: string, photo: string): Cost[] {
  const costs = checkouts.map((): Cost[] => []);
  for (let i = 0; i < runs; i++) {
    for (const [k, checkout] of checkouts.entries()) {
      const result = join(folder, "lit");
      rmSync(result, { recursive: true, force: true });
      const command = join(checkout, "apps/cli/bin/kindling.js");
      costs[k]?.push(measureNode(command, "enhance", photo, "-o", result, "-m", method));
    }
  }
  const least = (of: keyof Cost, among: readonly Cost[]) => Math.min(...among.map((cost) => cost[of]));
  return costs.map((of) => ({
    wallMs: least("wallMs", of),
    processorMs: least("processorMs", of),
    peakBytes: least("peakBytes", of),
  }));
}

/** The straight line of least squares through processor times. */
function lineThrough(measured: readonly { readonly megapixels: number; readonly processorMs: number }[]): string {
  const mean = (of: (point: (typeof measured)[number]) => number) =>
    measured.reduce((sum, point) => sum + of(point), 0) / measured.length;
  const [x, y] = [mean(({ megapixels }) => megapixels), mean(({ processorMs }) => processorMs)];
  const slope =
    mean(({ megapixels, processorMs }) => (megapixels - x) * (processorMs - y)) /
    mean(({ megapixels }) => (megapixels - x) ** 2);
  const spread = Math.sqrt(mean((point) => (point.processorMs - y - slope * (point.megapixels - x)) ** 2));
  return `${((y - slope * x) / 1e3).toFixed(2)} s + ${(slope / 1e3).toFixed(3)} s/MP, off by ${(spread / 1e3).toFixed(2)} s`;
}
