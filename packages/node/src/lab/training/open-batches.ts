import { Worker } from "node:worker_threads";
import { type ErrorCode, KindlingError, type ModelTensors } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import type { TrainingBatches } from "@kindling/lab";
import type { BatchOptions, DataPlan, DataSummary } from "@kindling/lab/internal";
import { batchBuffers } from "./batch-buffers.ts";
import type { BatchRequest, BatchWorkerMessage, BatchWorkerStart } from "./worker-messages.ts";

/** Options of `openBatches`. */
export interface NodeBatchOptions extends BatchOptions {
  /** Number of batches to make ahead of the requested one; default 4. */
  readonly ahead?: number | undefined;
}

/** A promise that other code settles. */
interface Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: KindlingError): void;
}

/**
 * Finds and checks all photos of a plan on a worker thread, which then makes batches ahead of the training, even while the
 * caller blocks its own thread.
 *
 * Its memory is bounded: the budget (default a quarter of the free memory), and for each batch in work its numbers and its
 * photos.
 *
 * @throws {KindlingError} one error that names every fault of the data, or `cancelled`.
 */
export async function openBatches(plan: DataPlan, options: NodeBatchOptions = {}): Promise<TrainingBatches> {
  const { budgetBytes = process.availableMemory() / 4, ahead = 4, signal, onProgress } = options;
  throwIfCancelled(signal);
  const start: BatchWorkerStart = { plan, budgetBytes };
  const worker = new Worker(new URL("./batch-worker.js", import.meta.url), { workerData: start });
  const waiting = new Map<number, Deferred<ModelTensors>>();
  const spare: ModelTensors[] = [];
  const opening = createDeferred<DataSummary>();
  let ending: KindlingError | undefined;

  const end = async (reason: KindlingError) => {
    ending ??= reason;
    signal?.removeEventListener("abort", cancel);
    opening.reject(ending);
    for (const { reject } of waiting.values()) reject(ending);
    waiting.clear();
    await worker.terminate();
  };
  const cancel = () => void end(new KindlingError("cancelled", "Cancelled before the data were used up."));
  signal?.addEventListener("abort", cancel, { once: true });
  worker.on("error", (cause) => void end(new KindlingError("internal", `Reading the data broke off: ${cause}.`)));
  worker.on("message", (message: BatchWorkerMessage) => {
    if (message.kind === "checked") onProgress?.(message.done, message.total);
    else if (message.kind === "ready") opening.resolve(message.summary);
    else if (message.kind === "refused") void end(errorOf(message));
    else if (message.kind === "batch") {
      const entry = waiting.get(message.step);
      if (entry) entry.resolve(message.batch);
      else spare.push(message.batch);
    } else waiting.get(message.step)?.reject(errorOf(message));
  });

  const request = (step: number): Promise<ModelTensors> => {
    const known = waiting.get(step);
    if (known) return known.promise;
    const entry = createDeferred<ModelTensors>();
    waiting.set(step, entry);
    const into = spare.pop();
    const message: BatchRequest = { step, into };
    worker.postMessage(message, into ? batchBuffers(into) : []);
    return entry.promise;
  };

  return {
    summary: await opening.promise,
    batch: async (step) => {
      if (ending) throw ending;
      // Batches that were made ahead for another place in the training are no longer needed.
      for (const made of waiting.keys()) if (made < step || made > step + ahead) waiting.delete(made);
      const wanted = request(step);
      for (let next = 1; next <= ahead; next++) request(step + next);
      try {
        return await wanted;
      } finally {
        waiting.delete(step);
      }
    },
    recycle: (batch) => {
      spare.push(batch);
    },
    close: () => end(new KindlingError("cancelled", "The data were closed.")),
  };
}

function createDeferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>["resolve"] = () => undefined;
  let reject: Deferred<Value>["reject"] = () => undefined;
  const promise = new Promise<Value>((keep, fail) => {
    resolve = keep;
    reject = fail;
  });
  // A promise may fail before code awaits it, which is no unhandled error; code that awaits it later still gets the error.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

function errorOf({ code, message }: { code: ErrorCode; message: string }): KindlingError {
  return new KindlingError(code, message);
}
