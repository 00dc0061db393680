import type { OpenQueue } from "./open-queue.ts";

/** Where photos of a queue are. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  /** Photos that failed and wait for their next try. */
  readonly delayed: number;
  readonly failed: number;
}

/** Counts the photos of a queue; those that are done are not there any more. */
export async function countJobs({ photos }: OpenQueue): Promise<JobCounts> {
  const counts = await photos.getJobCounts("waiting", "prioritized", "active", "delayed", "failed");
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { waiting: waiting + prioritized, active, delayed, failed };
}

/** Photos of a queue that are neither done nor set aside. */
export function countLeft({ waiting, active, delayed }: JobCounts): number {
  return waiting + active + delayed;
}
