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
const reporter = { start: none, progress: none, finish: none, fail: console.error, end: none };

/** What some work takes of the clock and of the processor, in seconds. */
interface Cost {
  readonly wall: number;
  readonly processor: number;
}

async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - startedAt) / 1000, processor: (user + system) / 1e6 };
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
    }
  };
  await Promise.all(Array.from({ length: 2 * jobs }, lane));
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
const sums = { enhance: { wall: 0, processor: 0 }, serve: { wall: 0, processor: 0 } };
const add = (sum: { wall: number; processor: number }, { wall, processor }: Cost) => {
  sum.wall += wall;
  sum.processor += processor;
};
for (let round = 1; round <= Number(rounds); round++) {
  add(sums.enhance, await measure(enhanceFolder));
  const server = await startServer(serverOptions.parse({ port: 0, jobs, models, queue: 64 }), { log: silent });
  await server.ready;
  add(sums.serve, await measure(() => serveFolder(server.url)));
  await server.stop();
  const perPhoto = (seconds: number) => (seconds / (photos.length * round)).toFixed(3);
  const { enhance, serve } = sums;
  console.log(
    `round ${round}, ${photos.length} photos, load ${loadavg()[0]?.toFixed(1)}: seconds a photo ` +
      `enhance ${perPhoto(enhance.wall)} (processor ${perPhoto(enhance.processor)}), ` +
      `serve ${perPhoto(serve.wall)} (processor ${perPhoto(serve.processor)}); ` +
      `throughput ${((100 * enhance.wall) / serve.wall).toFixed(0)} %`,
  );
}
