import type { StepThreads } from "@kindling/nets/inference";
import * as comlink from "comlink";
import type { StepThread } from "./step-thread.ts";

/** Threads that can be ended. */
export interface StartedThreads extends StepThreads {
  end(): void;
}

/**
 * Starts workers that run the steps of networks together. They share memory, which only a cross-origin isolated page allows.
 *
 * @returns undefined where a worker cannot be started, as in bundles that leave its file out.
 */
export async function startThreads(count: number): Promise<StartedThreads | undefined> {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./step-thread.js", import.meta.url), { type: "module" }),
  );
  const end = () => {
    for (const worker of workers) worker.terminate();
  };
  const failed = new Promise<never>((_, reject) => {
    for (const worker of workers) worker.onerror = () => reject(new Error("A thread could not be started."));
  });
  const threads = workers.map((worker) => comlink.wrap<StepThread>(worker));
  try {
    // The first answer tells that its script runs.
    await Promise.race([Promise.all(threads.map((thread) => thread.detach(0))), failed]);
  } catch {
    end();
    return undefined;
  }
  // Nobody waits for this any more unless a thread fails in a run.
  failed.catch(() => undefined);
  let last = 0;
  return {
    count,
    end,
    async attach(module, memory, scratch) {
      const network = ++last;
      const given = [module, memory] as [WebAssembly.Module, WebAssembly.Memory];
      await Promise.all(threads.map((thread, i) => thread.attach(network, ...given, scratch[i])));
      return {
        run: async (steps) => {
          await Promise.race([Promise.all(threads.map((thread) => thread.run(network, steps))), failed]);
        },
        detach: () => {
          for (const thread of threads) thread.detach(network).catch(() => undefined);
        },
      };
    },
  };
}
