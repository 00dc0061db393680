import type { StepThreads } from "@kindling/nets/inference";
import * as comlink from "comlink";
import type { StepThread } from "./step-thread.ts";

/** Threads that can be ended. */
export interface StartedThreads extends StepThreads {
  end(): void;
}

/** A thread that has not answered by then is given up; one thread alone is slow, but works. */
const longestStartMs = 10_000;

/**
 * Starts workers that run the steps of networks together. They share memory, which only a cross-origin isolated page allows.
 *
 * @returns undefined where a worker cannot be started, as in bundles that leave its file out.
 */
export async function startThreads(count: number): Promise<StartedThreads | undefined> {
  const workers = createWorkers(count);
  if (workers.length === 0) return undefined;
  const end = () => {
    for (const worker of workers) worker.terminate();
  };
  const failed = new Promise<never>((_, reject) => {
    for (const worker of workers) {
      worker.onerror = (event) => {
        // It would go on to the page, which takes it for an error of the enhancer's own worker.
        event.preventDefault();
        reject(new Error("A thread could not be started."));
      };
    }
  });
  const threads = workers.map((worker) => comlink.wrap<StepThread>(worker));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("A thread did not answer.")), longestStartMs);
  });
  try {
    // The first answer tells that its script runs.
    await Promise.race([Promise.all(threads.map((thread) => thread.detach(0))), failed, late]);
  } catch {
    end();
    return undefined;
  } finally {
    clearTimeout(timer);
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
          // The next run may begin only when no thread is at this one any more.
          const ends = await Promise.race([Promise.allSettled(threads.map((t) => t.run(network, steps))), failed]);
          for (const end of ends) if (end.status === "rejected") throw end.reason;
        },
        detach: () => {
          for (const thread of threads) thread.detach(network).catch(() => undefined);
        },
      };
    },
  };
}

/** Creates the workers; none where they are refused at once, as beside a script without an address or within other workers. */
function createWorkers(count: number): Worker[] {
  try {
    return Array.from(
      { length: count },
      () => new Worker(new URL("./step-thread.js", import.meta.url), { type: "module" }),
    );
  } catch {
    return [];
  }
}
