import { parentPort, workerData } from "node:worker_threads";
import { KindlingError } from "@kindling/core";
import { openDataset } from "@kindling/lab/internal";
import { limitCodecThreads } from "../../photo/codec-threads.ts";
import { batchBuffers } from "./batch-buffers.ts";
import { diskPhotos } from "./disk-photos.ts";
import type { BatchRequest, BatchWorkerMessage, BatchWorkerStart } from "./worker-messages.ts";

// Photos are decoded several at a time, each on one thread.
await limitCodecThreads(1);

const post = (message: BatchWorkerMessage, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

const describe = (error: unknown) => {
  if (error instanceof KindlingError) return { code: error.code, message: error.message };
  return { code: "internal" as const, message: error instanceof Error ? error.message : String(error) };
};

const { plan, budgetBytes } = workerData as BatchWorkerStart;
try {
  const onProgress = (done: number, total: number) => post({ kind: "checked", done, total });
  const { summary, makeBatch } = await openDataset(plan, { photos: diskPhotos, budgetBytes, onProgress });
  parentPort?.on("message", async ({ step, into }: BatchRequest) => {
    try {
      const batch = await makeBatch(step, into);
      post({ kind: "batch", step, batch }, batchBuffers(batch));
    } catch (error) {
      post({ kind: "failed", step, ...describe(error) });
    }
  });
  post({ kind: "ready", summary });
} catch (error) {
  post({ kind: "refused", ...describe(error) });
}
