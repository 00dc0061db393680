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
 * @param onFailure told once when a thread fails after the start. All end then, and so does every run on them: the others would
 * wait without end for what that thread has taken.
 * @returns undefined where a worker cannot be started, as in bundles that leave its file out.
 */
export async function startThreads(count: number, onFailure: () => void): Promise<StartedThreads | undefined> {
  const workers = createWorkers(count);
  if (workers.length === 0) return undefined;
  const end = () => {
    for (const worker of workers) worker.terminate();
  };
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  for (const worker of workers) {
    worker.onerror = (event) => {
      // It would go on to the page, which takes it for an error of the enhancer's own worker.
      event.preventDefault();
      fail(new Error("A thread failed."));
    };
  }
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
  failed.catch(() => {
    end();
    onFailure();
  });
  let last = 0;
  return {
    count,
    end,
    async attach(module, memory, scratch) {
      const network = ++last;
      const given = [module, memory] as [WebAssembly.Module, WebAssembly.Memory];
      await Promise.race([
        Promise.all(threads.map((thread, i) => thread.attach(network, ...given, scratch[i]))),
        failed,
      ]);
      return {
        run: async (steps) => {
          const ends = Promise.all(threads.map((thread) => thread.run(network, steps)));
          ends.catch(fail);
          await Promise.race([ends, failed]);
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
