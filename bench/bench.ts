/**
 * Speed and memory of every method, of folders, of starting and of the browser, measured in one run and printed as Markdown.
 *
 * Run: npm run bench [-- options]; `npm run bench -- --help` lists them.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { version } from "@kindling/node";
import { Command, InvalidArgumentError } from "commander";
import { measureBrowser, savedSizes } from "./parts/browser.ts";
import { measureFolders } from "./parts/folders.ts";
import { chooseMethods, listMethods, type MeasuredMethod } from "./parts/methods-to-measure.ts";
import { measurePhotos } from "./parts/photos.ts";
import { megapixelsOf } from "./parts/photos-to-measure.ts";
import { measureStart } from "./parts/start.ts";
import { type Bench, commandOf } from "./report/bench.ts";
import { formatTable, type Table } from "./report/table.ts";

const parts = ["photos", "folders", "start", "browser"] as const;
type Part = (typeof parts)[number];

interface Options {
  readonly only?: readonly Part[];
  readonly methods?: readonly string[];
  readonly largest: number;
  readonly largestForAll: boolean;
  readonly runs: number;
  readonly smallPhotos: number;
  readonly largePhotos: number;
  readonly before?: string;
  readonly quick: boolean;
  readonly json: boolean;
}

const notes = `
Markdown goes to the standard output, one table after the other as it is ready; progress to the standard error.
Photos are those of 640x480, 12, 24 and 100 megapixels. Methods that are slow by nature, kept to compare with, for research alone, or
networks whose runs are not brief are measured at 640x480; the default method up to 100 megapixels, the others up to 24.

About 17 minutes on two idle cores, and twice as long with --before. The long rows:
  Ember at 100 megapixels                   1 to 2 minutes   --largest 25 leaves it out
  bm3d                                      half a minute    --methods leaves out what it does not name
  20 photos of 12 megapixels                2 minutes        --large-photos 5
  48 megapixels saved in the browser        1 to 2 minutes   --largest 25
--largest-for-all adds some ten minutes.

Examples:
  npm run bench -s > report.md                      all of it, without what npm prints
  npm run bench -- --quick                          whether all works: two minutes, figures of no worth
  npm run bench -- --only start,browser             two of the parts
  npm run bench -- --only photos --methods ember    one method
  npm run bench -- --before ../kindling-0.2         beside another checkout, in turns: before → now (now/before)

The other checkout must be built (npm install && npm run build). Exit status: 0 all measured, 1 something could not be.`;

const wholeNumber = (text: string) => {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number.");
};
const list = (text: string) => text.split(",").map((word) => word.trim());
const listOfParts = (text: string) =>
  list(text).map((word) => {
    const part = parts.find((known) => known === word);
    if (part) return part;
    throw new InvalidArgumentError(`expected some of ${parts.join(",")}.`);
  });

const program = new Command("npm run bench --")
  .description("Measures the speed and memory of Kindling on this machine, and prints Markdown.")
  .option<readonly Part[]>("--only <parts>", `some of ${parts.join(",")} (default: all)`, listOfParts)
  .option("--methods <names>", "methods of single photos, with commas between (default: all)", list)
  .option("--largest <MP>", "leave out single photos of more megapixels", wholeNumber, 101)
  .option("--largest-for-all", "100 megapixels for all methods that are not slow by nature", false)
  .option("--runs <n>", "most runs of a row; one that takes 10 s has no other", wholeNumber, 2)
  .option("--small-photos <n>", "photos in the folder of 640x480", wholeNumber, 200)
  .option("--large-photos <n>", "photos in the folder of 12 megapixels", wholeNumber, 20)
  .option("--before <folder>", "another checkout, built, to measure beside this one")
  .option("--quick", "few methods, small photos, one run: only to see that it works", false)
  .option("--json", "print one JSON object in place of Markdown", false)
  .addHelpText("after", notes)
  .parse();
const options = program.opts<Options>();

const now = join(import.meta.dirname, "..");
const before = options.before === undefined ? undefined : resolve(options.before);
for (const checkout of [now, ...(before === undefined ? [] : [before])]) {
  if (existsSync(join(checkout, "apps/cli/dist/main.js")) && existsSync(commandOf(checkout))) continue;
  program.error(`${checkout} is not a checkout that is built: run npm install && npm run build there.`);
}
const given = options.quick
  ? { ...options, methods: options.methods ?? ["ember", "gamma"], largest: Math.min(options.largest, 13), runs: 1 }
  : options;
const [smallPhotos, largePhotos] = options.quick ? [6, 2] : [options.smallPhotos, options.largePhotos];
const all = await listMethods(now);
const methods = chosenAmong(all, given.methods);
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
const tell = (doing: string) => {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}  ${doing}\n`);
};
const bench: Bench = {
  ...{ now, before, folder, runs: given.runs, isQuick: given.quick, tell },
  fail(what, error) {
    process.exitCode = 1;
    tell(`FAILED: ${what}: ${error instanceof Error ? error.message : String(error)}`);
  },
};

const measures: Readonly<Record<Part, () => Promise<readonly Table[]>>> = {
  photos: () => measurePhotos(bench, methods, { largestMP: given.largest, isLargestForAll: given.largestForAll }),
  folders: async () => [await measureFolders(bench, { small: smallPhotos, large: largePhotos })],
  start: async () => [await measureStart(bench)],
  browser: async () => [
    await measureBrowser(
      bench,
      savedSizes.filter((size) => megapixelsOf(size) <= given.largest),
    ),
  ],
};

const machine = describeMachine();
const tables: Table[] = [];
try {
  if (!given.json) console.log(`${machine}\n`);
  for (const part of parts) {
    if (given.only && !given.only.includes(part)) continue;
    for (const table of await measures[part]()) {
      tables.push(table);
      if (!given.json) console.log(formatTable(table));
    }
  }
  if (given.json) console.log(JSON.stringify({ machine, tables }));
  else
    console.log(
      `Load after ${((performance.now() - startedAt) / 60_000).toFixed(0)} minutes: ${loadavg()[0]?.toFixed(1)}.`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function chosenAmong(known: readonly MeasuredMethod[], names?: readonly string[]): readonly MeasuredMethod[] {
  try {
    return names ? chooseMethods(known, names) : known;
  } catch (error) {
    return program.error(error instanceof Error ? error.message : String(error));
  }
}

/** What was measured where and when; the load tells whether the machine was idle. */
function describeMachine(): string {
  const commits = [before, now].flatMap((checkout) => (checkout === undefined ? [] : [commitOf(checkout)]));
  const processor = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${(totalmem() / 1e9).toFixed(0)} GB`;
  const what = commits.length === 1 ? `at ${commits[0]}` : `at ${commits.join(" → ")}`;
  const where = `Node ${process.version}, ${process.platform} ${process.arch}; ${processor}`;
  const day = new Date().toISOString().slice(0, 10);
  const cells = before === undefined ? "" : " Figures: before → now (now/before).";
  return `kindling ${version} ${what}; ${where}; ${day}, load before ${loadavg()[0]?.toFixed(1)}.${cells}`;
}

function commitOf(checkout: string): string {
  try {
    return execFileSync("git", ["-C", checkout, "rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    // A copy without its history.
    return "an unknown commit";
  }
}
