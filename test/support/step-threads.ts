import { Worker } from "node:worker_threads";
import type { StepRun, StepThreads } from "@kindling/nets/inference";

const script = `
import { parentPort } from "node:worker_threads";
const { runTogether } = await import(${JSON.stringify(import.meta.resolve("@kindling/nets/inference"))});
let attached;
parentPort.on("message", ({ module, memory, scratch, steps }) => {
  if (module) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    attached = { runUnit: exports.runUnit, memory, scratch };
  } else runTogether(attached.runUnit, new Int32Array(attached.memory.buffer), steps, attached.scratch);
  parentPort.postMessage("done");
});`;

/** Threads of Node for a single network, as pages have workers for all. */
export function startStepThreads(count: number): StepThreads & { end(): Promise<void> } {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`)),
  );
  const ask = (worker: Worker, message: object) =>
    new Promise<void>((resolve, reject) => {
      worker.once("message", () => resolve()).once("error", reject);
      worker.postMessage(message);
    });
  return {
    count,
    async attach(module, memory, scratch) {
      await Promise.all(workers.map((worker, i) => ask(worker, { module, memory, scratch: scratch[i] })));
      return {
        async run(steps: StepRun) {
          await Promise.all(workers.map((worker) => ask(worker, { steps })));
        },
        detach: () => undefined,
      };
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
