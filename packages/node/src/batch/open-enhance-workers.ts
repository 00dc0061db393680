import { openMethodsPerWorker } from "../memory.ts";
import type { Enhancement, Treatment } from "./enhancement.ts";
import type { JobOutcome } from "./job.ts";
import type { PlannedPhoto } from "./planned-photo.ts";
import { openWorkers, type WorkerFunction } from "./workers.ts";

/** The unit of work that one machine and a fleet share: enhances one photo on a worker thread, to a staged file. */
export const enhanceWorker: WorkerFunction = {
  file: new URL("./enhance-worker.js", import.meta.url),
  name: "enhanceOnWorker",
  load: async () => (await import("./enhance-worker.ts")).enhanceOnWorker,
};

/** What enhances photos: worker threads, or a test's in their place. */
export interface EnhanceWorkers {
  /** Enhances one photo; what goes wrong is an outcome and not thrown. */
  run(photo: PlannedPhoto, treatment: Treatment): Promise<JobOutcome<Enhancement>>;
  close(): Promise<void>;
}

/** Opens up to `count` worker threads that enhance photos, each as its treatment says; `signal` cancels those in work. */
export async function openEnhanceWorkers(count: number, signal: AbortSignal): Promise<EnhanceWorkers> {
  const workers = await openWorkers(count);
  return {
    run(photo, treatment) {
      // A thread keeps several networks open, which share the memory.
      const maxMemoryBytes = treatment.maxMemoryBytes / openMethodsPerWorker;
      return workers.run<PlannedPhoto, Treatment, Enhancement>(
        enhanceWorker,
        photo,
        { ...treatment, maxMemoryBytes },
        { signal },
      );
    },
    close: () => workers.close(),
  };
}
