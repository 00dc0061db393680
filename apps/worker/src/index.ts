export type { EnhanceWorkers } from "@kindling/node/internal";
export { cancelPhotos, pauseQueue, resumeQueue } from "./queue/control-queue.ts";
export { type FailedPhoto, listFailed, retryFailed } from "./queue/failed-photos.ts";
export type { JobCounts } from "./queue/job-counts.ts";
export type { QueueOptions } from "./queue/open-queue.ts";
export { type FleetStatus, followStatus, type QueueWatch, readStatus, watchQueue } from "./queue/read-status.ts";
export type { Submitted } from "./submit/find-submitted.ts";
export type { MachineOptions } from "./submit/plan-order.ts";
export { type Submission, type SubmitOptions, submitPhotos } from "./submit/submit-photos.ts";
export type { QueuedResult } from "./work/enhance-queued.ts";
export {
  type OpenUnits,
  type WorkOptions,
  type WorkReporter,
  type WorkSummary,
  workOnPhotos,
} from "./work/work-on-photos.ts";
