import { type QueueOptions, withQueue } from "./open-queue.ts";

/**
 * Lets no worker begin another photo; those in work are finished.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * await pauseQueue({ queue: "redis://localhost" });
 */
export function pauseQueue(options: QueueOptions): Promise<void> {
  return withQueue(options, ({ photos }) => photos.pause());
}

/**
 * Lets workers go on.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * await resumeQueue({ queue: "redis://localhost" });
 */
export function resumeQueue(options: QueueOptions): Promise<void> {
  return withQueue(options, ({ photos }) => photos.resume());
}

/** Photos that one call removes: a call that lasts blocks the server for everybody. */
const removedAtOnce = 1000;

/**
 * Takes all photos out of a queue that wait or failed for now. Those in work are finished, those set aside stay, and so do
 * results.
 *
 * @returns how many were taken out.
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * const removed = await cancelPhotos({ queue: "redis://localhost" });
 */
export function cancelPhotos(options: QueueOptions): Promise<number> {
  return withQueue(options, async ({ photos }) => {
    let count = 0;
    for (const state of ["prioritized", "wait", "delayed"] as const) {
      for (;;) {
        const removed = await photos.clean(0, removedAtOnce, state);
        count += removed.length;
        if (removed.length === 0) break;
      }
    }
    return count;
  });
}
