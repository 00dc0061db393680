import { setTimeout as wait } from "node:timers/promises";
import { KindlingError } from "@kindling/node";
import { countJobs, countLeft, type JobCounts } from "./job-counts.ts";
import { type OpenQueue, openQueue, type QueueOptions, withQueue } from "./open-queue.ts";

/** How far a job of many machines is. */
export interface FleetStatus extends JobCounts {
  readonly queue: string;
  readonly paused: boolean;
  /** Photos submitted since the queue was last empty. */
  readonly total: number;
  /** Photos whose results are there. */
  readonly done: number;
  /** Of `done`, those whose results had to be made; the others were there already. */
  readonly enhanced: number;
  /** Sizes of the enhanced photos together. */
  readonly megapixels: number;
  /** Mean of the last full minutes, five at most; undefined before the first. */
  readonly photosPerMinute?: number | undefined;
  /** Names of the workers that are connected. */
  readonly workers: readonly string[];
}

/**
 * Reads how far a job is, from any machine.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * const { done, total, failed } = await readStatus({ queue: "redis://localhost" });
 */
export function readStatus(options: QueueOptions): Promise<FleetStatus> {
  return withQueue(options, statusOf);
}

/**
 * Follows how far a job is.
 *
 * @param everyMs time between two looks.
 * @returns the status again and again, until the signal is aborted.
 * @example
 * for await (const { done, total } of followStatus({ queue: "redis://localhost", signal })) console.log(done, total);
 */
export async function* followStatus(
  options: QueueOptions & { readonly signal: AbortSignal; readonly everyMs?: number },
): AsyncGenerator<FleetStatus> {
  const { signal, everyMs = 1000 } = options;
  const queue = await openQueue(options);
  try {
    while (!signal.aborted) {
      yield await statusOf(queue);
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await queue.close();
  }
}

/** A queue that is looked at again and again. */
export interface QueueWatch {
  /**
   * Reads how far the job is.
   *
   * @throws {KindlingError} `unavailable` where the queue does not answer within five seconds; later it may again.
   */
  read(): Promise<FleetStatus>;
  close(): Promise<void>;
}

/** Time in which a queue that is watched has to answer. */
const answerMs = 5000;

/**
 * Opens a queue to look at it as often as it is asked for, as servers do.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * const watch = await watchQueue({ queue: "redis://localhost" });
 * const { done, total } = await watch.read();
 * await watch.close();
 */
export async function watchQueue(options: QueueOptions): Promise<QueueWatch> {
  const queue = await openQueue(options);
  return {
    read: async () => {
      const answered = new AbortController();
      const tooLate = wait(answerMs, undefined, { signal: answered.signal }).then(() => {
        const seconds = answerMs / 1000;
        throw new KindlingError("unavailable", `--queue ${queue.shown}: no answer within ${seconds} s.`);
      });
      try {
        return await Promise.race([statusOf(queue), tooLate]);
      } finally {
        answered.abort();
        tooLate.catch(() => undefined);
      }
    },
    close: () => queue.close(),
  };
}

/** The time of metrics that is averaged. */
const minutes = 5;

async function statusOf(queue: OpenQueue): Promise<FleetStatus> {
  const { name, photos, redis, key } = queue;
  const [counts, paused, metrics, workers, before, sums] = await Promise.all([
    countJobs(queue),
    photos.isPaused(),
    photos.getMetrics("completed", 0, minutes - 1),
    photos.getWorkers(),
    redis.hget(key("job"), "completedBefore"),
    redis.hgetall(key("sums")),
  ]);
  const done = Math.max(0, metrics.meta.count - Number(before ?? 0));
  const full = metrics.data.map(Number).filter(Number.isFinite);
  const names = workers.map(({ rawname = "" }) => /:w:(.*)$/.exec(rawname)?.[1] ?? "").filter((known) => known !== "");
  return {
    queue: name,
    paused,
    total: done + counts.failed + countLeft(counts),
    done,
    enhanced: Number(sums["enhanced"] ?? 0),
    megapixels: Number(sums["pixels"] ?? 0) / 1e6,
    photosPerMinute: full.length === 0 ? undefined : full.reduce((sum, count) => sum + count, 0) / full.length,
    workers: [...new Set(names)].sort(),
    ...counts,
  };
}

/** Begins a count where the last job of a queue is over; photos that are set aside stay in it. */
export async function beginCount(queue: OpenQueue): Promise<void> {
  if (countLeft(await countJobs(queue)) > 0) return;
  const { meta } = await queue.photos.getMetrics("completed", 0, 0);
  await queue.redis.hset(queue.key("job"), { completedBefore: meta.count });
  await queue.redis.del(queue.key("sums"));
}

/** Adds a result to the sums of the job. */
export async function addToSums({ redis, key }: OpenQueue, megapixels: number): Promise<void> {
  await redis
    .pipeline()
    .hincrby(key("sums"), "enhanced", 1)
    .hincrby(key("sums"), "pixels", Math.round(megapixels * 1e6))
    .exec();
}
