import type { Enhancement, Treatment } from "./enhancement.ts";
import type { PlannedPhoto } from "./planned-photo.ts";
import { openWorkers, type Workers } from "./workers.ts";

/** The unit of work that one machine and a fleet share: enhances one photo on a worker thread, to a staged file. */
export const enhanceWorker = { file: new URL("./enhance-worker.js", import.meta.url), name: "enhanceOnWorker" };

/**
 * Opens up to `count` worker threads that enhance photos, all in the same way.
 *
 * @param signal cancels the photos in work.
 */
export function openEnhanceWorkers(
  count: number,
  treatment: Treatment,
  signal: AbortSignal,
): Promise<Workers<PlannedPhoto, Enhancement>> {
  return openWorkers(count, { worker: enhanceWorker, treatment, signal });
}
