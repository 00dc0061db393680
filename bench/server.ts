// Seconds a photo through `kindling serve` at saturation beside `kindling enhance` over the same folder, in turn in one run.
//   npx tsx bench/server.ts <folder of photos> [rounds]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { enhanceFiles } from "@kindling/node";
import { serverOptions, startServer } from "@kindling/server";

const [folder, rounds = "2"] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: npx tsx bench/server.ts <folder of photos> [rounds]");
const inputs = [folder];
const photos = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
const jobs = availableParallelism();
// By its path, which loaders of TypeScript do not change.
const models = fileURLToPath(new URL("../models", import.meta.url));
const { signal } = new AbortController();
const none = () => undefined;
/** Seconds in which photos were worked on, without waiting, all of a measurement together. */
let workedS = 0;
const reporter = {
  start: none,
  progress: none,
  finish: (_input: string, _output: string, { seconds }: { readonly seconds: number }) => {
    workedS += seconds;
  },
  fail: console.error,
  end: none,
};

/** What some work takes of the clock and of the processor, in seconds. */
interface Cost {
  readonly wall: number;
  readonly processor: number;
  /** Photos in work on average. */
  readonly atOnce: number;
}

async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  workedS = 0;
  await work();
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - startedAt) / 1000;
  return { wall, processor: (user + system) / 1e6, atOnce: workedS / wall };
}

/** Enhances the folder as the command does, its threads started and its networks opened anew. */
async function enhanceFolder(): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), "kindling-bench-"));
  const { finished } = await enhanceFiles(inputs, { out, jobs, models, reporter, signal });
  rmSync(out, { recursive: true, force: true });
  if (finished !== photos.length) throw new Error(`enhanced ${finished} of ${photos.length}`);
}

/** Sends a request for each photo to a server that is ready, twice as many at a time as it has workers. */
async function serveFolder(url: string): Promise<void> {
  const queue = photos.values();
  const lane = async () => {
    for (const body of queue) {
      const response = await fetch(`${url}/v1/enhance`, { method: "POST", body });
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
      workedS += Number(/dur=(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1]) / 1000;
    }
  };
  await Promise.all(Array.from({ length: 2 * jobs }, lane));
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

async function measureServer(): Promise<Cost> {
  const server = await startServer(serverOptions.parse({ port: 0, jobs, models, queue: 64 }), { log: silent });
  await server.ready;
  const cost = await measure(() => serveFolder(server.url));
  await server.stop();
  return cost;
}

const costs: { readonly enhance: Cost; readonly serve: Cost }[] = [];
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const perPhoto = ({ wall, processor, atOnce }: Cost) =>
  `${(wall / photos.length).toFixed(3)} (processor ${(processor / photos.length).toFixed(3)}, ${atOnce.toFixed(2)} at once)`;
for (let round = 1; round <= Number(rounds); round++) {
  // Who goes first changes: what else the machine does changes, too.
  const first = round % 2 === 1 ? await measure(enhanceFolder) : undefined;
  const serve = await measureServer();
  const enhance = first ?? (await measure(enhanceFolder));
  costs.push({ enhance, serve });
  console.log(
    `round ${round}, ${photos.length} photos, load ${loadavg()[0]?.toFixed(1)}: seconds a photo ` +
      `enhance ${perPhoto(enhance)}, serve ${perPhoto(serve)}; ` +
      `throughput ${percent(enhance.wall / serve.wall)}, by processor time ${percent(enhance.processor / serve.processor)}`,
  );
}
console.log(
  `median of ${costs.length} rounds: throughput ${percent(median(costs.map(({ enhance, serve }) => enhance.wall / serve.wall)))}, ` +
    `by processor time ${percent(median(costs.map(({ enhance, serve }) => enhance.processor / serve.processor)))}`,
);
