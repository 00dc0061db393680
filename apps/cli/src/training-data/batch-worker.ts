import { parentPort, workerData } from "node:worker_threads";
import { KindlingError, limitCodecThreads } from "@kindling/node";
import { batchBuffers } from "./batch-buffers.ts";
import { openDataset } from "./open-dataset.ts";
import type { BatchRequest, BatchWorkerMessage, BatchWorkerStart } from "./worker-messages.ts";

/** Photos are decoded several at a time; each then gets by with one thread. */
limitCodecThreads(1);

const tell = (message: BatchWorkerMessage, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

const refusal = (error: unknown) => {
  if (error instanceof KindlingError) return { code: error.code, message: error.message };
  return { code: "internal" as const, message: error instanceof Error ? error.message : String(error) };
};

const { plan, budgetBytes } = workerData as BatchWorkerStart;
try {
  const onProgress = (done: number, total: number) => tell({ kind: "checked", done, total });
  const { items, store, makeBatch } = await openDataset(plan, { budgetBytes, onProgress });
  parentPort?.on("message", async ({ step, into }: BatchRequest) => {
    try {
      const batch = await makeBatch(step, into);
      tell({ kind: "batch", step, batch }, batchBuffers(batch));
    } catch (error) {
      tell({ kind: "failed", step, ...refusal(error) });
    }
  });
  const { keptCount: keptPhotos, keptBytes } = store;
  tell({ kind: "ready", summary: { items, photos: store.paths.length, keptPhotos, keptBytes } });
} catch (error) {
  tell({ kind: "refused", ...refusal(error) });
}
