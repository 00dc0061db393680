// A process that measures how fast the sessions of a network alone are: `measureNetworkRate` starts it. On each of its threads
// an enhancer lights photos of noise, and the time is counted that it waits for its sessions. It works with the packages of a checkout.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type * as core from "@kindling/core";
import type * as node from "@kindling/node";

/** What is measured. */
export interface RateJob {
  readonly checkout: string;
  readonly method: string;
  /** Of a photo that is one tile: overlaps of tiles are no work that the network needs. */
  readonly width: number;
  readonly height: number;
  /** Enhancers that work at the same time, each on a thread of its own. */
  readonly sessions: number;
  /** Threads of each of their sessions. */
  readonly threads: number;
  /** For how long photos are lit. */
  readonly seconds: number;
}

if (isMainThread) console.log(await measureAll(JSON.parse(process.argv[2] ?? "{}")));
else parentPort?.postMessage(await measureOne(workerData as RateJob & { readonly gate: SharedArrayBuffer }));

/** Pixels a second of all threads together. */
async function measureAll(job: RateJob): Promise<number> {
  const gate = new SharedArrayBuffer(4);
  const rates = Array.from({ length: job.sessions }, () => {
    const worker = new Worker(threadEntry(), { workerData: { ...job, gate } });
    return new Promise<number>((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
}

/** This file for a thread. tsx, which loads it here, is not on threads by itself. */
function threadEntry(): URL {
  const [tsx, file] = [import.meta.resolve("tsx/esm/api"), import.meta.url].map((url) => JSON.stringify(url));
  const code = `import { register } from ${tsx}; register(); await import(${file});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

async function measureOne({
  checkout,
  method,
  width,
  height,
  sessions,
  threads,
  seconds,
  gate,
}: RateJob & { readonly gate: SharedArrayBuffer }): Promise<number> {
  const entry = (name: string) => pathToFileURL(join(checkout, `packages/${name}/dist/index.js`)).href;
  const { createRandom, openEnhancer } = (await import(entry("core"))) as typeof core;
  const { createRuntime, networkMethods, openModelStore } = (await import(entry("node"))) as typeof node;
  let runMs = 0;
  const runtime = createRuntime();
  const metered: core.Runtime = {
    dispose: () => runtime.dispose(),
    async open(model, options) {
      const session = await runtime.open(model, options);
      const { inputNames, outputNames, device } = session;
      const run: core.ModelSession["run"] = async (inputs, how) => {
        const startedAt = performance.now();
        const outputs = await session.run(inputs, how);
        runMs += performance.now() - startedAt;
        return outputs;
      };
      return { inputNames, outputNames, device, run, dispose: () => session.dispose() };
    },
  };
  const ports = { runtime: metered, models: openModelStore(), networks: networkMethods };
  const enhancer = await openEnhancer({ method, threads, device: "cpu" }, ports);
  const random = createRandom(1, "bench");
  const samples = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random());
  const photo: core.Photo = {
    ...{ metadata: {}, format: "png", depth: 8, lossless: true, notes: [] },
    picture: { width, height, channels: 3, samples },
  };
  // The first run pays for memory that others find there; all threads begin to measure together.
  await enhancer.enhance(photo);
  const ready = new Int32Array(gate);
  if (Atomics.add(ready, 0, 1) + 1 === sessions) Atomics.notify(ready, 0);
  else while (Atomics.load(ready, 0) < sessions) Atomics.wait(ready, 0, Atomics.load(ready, 0), 1000);
  runMs = 0;
  let pixels = 0;
  for (const startedAt = performance.now(); performance.now() - startedAt < 1000 * seconds; pixels += width * height) {
    await enhancer.enhance(photo);
  }
  await enhancer.close();
  return pixels / (runMs / 1000);
}
