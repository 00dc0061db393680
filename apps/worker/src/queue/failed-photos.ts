import { KindlingError } from "@kindling/node";
import type { Job } from "bullmq";
import { type OpenQueue, openQueue, type QueueOptions, withQueue } from "./open-queue.ts";
import type { PhotoJob } from "./photo-job.ts";

/** A photo that was set aside, and why. */
export interface FailedPhoto {
  readonly input: string;
  /** One of Kindling's error codes. */
  readonly code: string;
  readonly message: string;
  /** How often it was tried. */
  readonly tries: number;
  readonly worker?: string | undefined;
}

const pageSize = 500;

/**
 * Lists the photos that were set aside, the last first.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * for await (const { input, message } of listFailed({ queue: "redis://localhost" })) console.log(input, message);
 */
export async function* listFailed(options: QueueOptions): AsyncGenerator<FailedPhoto> {
  const queue = await openQueue(options);
  try {
    for (let start = 0; ; start += pageSize) {
      const jobs = await queue.photos.getFailed(start, start + pageSize - 1);
      for (const job of jobs) if (job) yield describeFailed(job);
      if (jobs.length < pageSize) return;
    }
  } finally {
    await queue.close();
  }
}

function describeFailed({ data, failedReason = "", attemptsStarted, processedBy }: Job<PhotoJob>): FailedPhoto {
  const [, code = "internal", message = ""] = /^([a-z-]+): (.*)$/s.exec(failedReason) ?? [];
  const { input } = data;
  const known = { input, tries: attemptsStarted, worker: processedBy };
  // BullMQ's words for a photo whose workers died.
  if (/stalled more than/.test(failedReason)) {
    return {
      ...known,
      code: "internal",
      message: `${input}: its workers died while they worked on it (out of memory?).`,
    };
  }
  return { ...known, code, message: message || failedReason };
}

/**
 * Puts photos that were set aside back into the queue, with all their tries.
 *
 * @param inputs those to put back; all if empty.
 * @returns how many were put back.
 * @throws {KindlingError} `invalid-option`, `unavailable`; `not-found` for inputs that are not set aside, once the others are put back.
 * @example
 * const count = await retryFailed([], { queue: "redis://localhost" });
 */
export function retryFailed(inputs: readonly string[], options: QueueOptions): Promise<number> {
  return withQueue(options, async (queue) => {
    const { count, missing } = await retryIn(queue, new Set(inputs));
    if (missing.size === 0) return count;
    const others = count > 0 ? ` The others (${count}) were put back.` : "";
    const remedy = "Give names as kindling failed prints them.";
    throw new KindlingError(
      "not-found",
      `${[...missing].join(", ")}: not among the photos that are set aside.${others} ${remedy}`,
    );
  });
}

/** @param wanted inputs; all if empty. */
async function retryIn({ photos }: OpenQueue, wanted: ReadonlySet<string>) {
  const missing = new Set(wanted);
  let count = 0;
  let kept = 0;
  for (;;) {
    const jobs = await photos.getFailed(kept, kept + pageSize - 1);
    if (jobs.length === 0) return { count, missing };
    for (const job of jobs) {
      if (wanted.size > 0 && !wanted.has(job.data.input)) {
        kept++;
        continue;
      }
      missing.delete(job.data.input);
      await job.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true });
      count++;
    }
  }
}
