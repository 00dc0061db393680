import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ErrorCode } from "@kindling/node";
import { type EnhanceWorkers, MemoryGate, openEnhanceWorkers } from "@kindling/node/internal";
import { type Job, Worker } from "bullmq";
import { countJobs, countLeft } from "../queue/job-counts.ts";
import { findOrder } from "../queue/keep-orders.ts";
import { keyPrefix, type OpenQueue, openQueue, type QueueOptions } from "../queue/open-queue.ts";
import { checkJob, type PhotoJob } from "../queue/photo-job.ts";
import { redactSecrets } from "../redact-secrets.ts";
import { type MachineOptions, type PlannedOrder, planOrder } from "../submit/plan-order.ts";
import { asKindlingError, asQueueError, isPoison } from "./describe-fault.ts";
import { enhanceQueued, type QueuedResult, type Workplace } from "./enhance-queued.ts";

/** Is told what a worker does. */
export interface WorkReporter {
  start?(worker: string, queue: string): void;
  finish?(result: QueuedResult): void;
  /** @param isLast whether the photo is set aside; otherwise it is tried again later. */
  fail?(input: string, code: ErrorCode, message: string, isLast: boolean): void;
  /** Something a person should know, such as that the queue cannot be reached and is waited for. */
  notice?(message: string): void;
}

/** Opens what does the work: up to `count` photos at the same time, until the signal is aborted. */
export type OpenUnits = (count: number, signal: AbortSignal) => Promise<EnhanceWorkers>;

/** How a worker works. */
export interface WorkOptions extends QueueOptions, MachineOptions {
  /** Photos worked on at the same time; default: one a processor core. */
  readonly jobs?: number | undefined;
  /** Whether the worker ends once no photo is left; default false. */
  readonly drain?: boolean | undefined;
  /** Seconds after which the photos of a worker that died go to others, 1 to 3600; default 30. */
  readonly leaseSeconds?: number | undefined;
  /** How `kindling status` shows this worker; default: host name and process number. */
  readonly worker?: string | undefined;
  /** Folder for what is fetched from buckets; default: that of the system. */
  readonly scratch?: string | undefined;
  readonly reporter?: WorkReporter | undefined;
  /** Ends the worker: photos in work are finished, others not begun. */
  readonly signal?: AbortSignal | undefined;
  /** Does the work instead of the threads of `kindling enhance`. */
  readonly openUnits?: OpenUnits | undefined;
}

/** What a worker did. */
export interface WorkSummary {
  readonly enhanced: number;
  /** Photos whose results were there already. */
  readonly doneBefore: number;
  /** Photos that this worker set aside. */
  readonly failed: number;
}

/** How often a photo may cost a worker its life before it is set aside. */
const deaths = 2;

/** Minutes for which the photos done in each are kept, for the rate of `kindling status`. */
const metricMinutes = 60 * 24;

/**
 * Works on the photos of a queue until the signal is aborted, or with `drain` until none is left. Any number of workers
 * may do so on any number of machines.
 *
 * @throws {KindlingError} `invalid-option`, `unavailable`.
 * @example
 * const { enhanced } = await workOnPhotos({ queue: "redis://localhost", drain: true });
 */
export async function workOnPhotos(options: WorkOptions): Promise<WorkSummary> {
  const { jobs = availableParallelism(), openUnits = openEnhanceWorkers } = options;
  const queue = await openQueue(options);
  const scratch = await mkdtemp(join(options.scratch ?? tmpdir(), "kindling-work-"));
  try {
    // Photos in work are finished when the worker is to end; nothing cancels them.
    const units = await openUnits(jobs, new AbortController().signal);
    try {
      return await new PhotoWorker(queue, scratch, units, { ...options, jobs }).work();
    } finally {
      await units.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await queue.close();
  }
}

class PhotoWorker {
  readonly #queue: OpenQueue;
  readonly #options: WorkOptions;
  readonly #reporter: WorkReporter;
  readonly #workplace: Workplace;
  readonly #orders = new Map<string, Promise<PlannedOrder>>();
  readonly #counts = { enhanced: 0, doneBefore: 0, failed: 0 };
  readonly #stop = new AbortController();
  /** Photos in work. */
  #active = 0;
  /** Faults one after the other that may be this machine's. */
  #faults = 0;

  constructor(queue: OpenQueue, scratch: string, units: EnhanceWorkers, options: WorkOptions) {
    const { maxMemoryBytes = 0, reporter = {} } = options;
    this.#queue = queue;
    this.#options = options;
    this.#reporter = reporter;
    const gate = new MemoryGate(process.availableMemory() - maxMemoryBytes);
    this.#workplace = { queue, units, gate, scratch };
  }

  async work(): Promise<WorkSummary> {
    const { jobs = 1, leaseSeconds = 30, worker: name = `${hostname()}-${process.pid}`, signal } = this.#options;
    const leaseMs = leaseSeconds * 1000;
    const worker = new Worker<PhotoJob>(this.#queue.name, (job) => this.#process(job), {
      connection: this.#queue.connection,
      prefix: keyPrefix,
      name,
      concurrency: jobs,
      lockDuration: leaseMs,
      stalledInterval: leaseMs,
      maxStalledCount: deaths,
      metrics: { maxDataPoints: metricMinutes },
    });
    this.#tellInterruptions(worker);
    this.#reporter.start?.(name, this.#queue.shown);
    const stop = () => this.#stop.abort();
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
    try {
      await (this.#options.drain ? this.#waitForEnd() : aborted(this.#stop.signal));
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#stop.abort();
      await worker.close();
    }
    return this.#counts;
  }

  async #process(job: Job<PhotoJob>): Promise<void> {
    const { input } = job.data;
    this.#active++;
    try {
      const data = checkJob(job.data);
      const isRepeated = job.attemptsStarted > 1 || job.stalledCounter > 0;
      const result = await enhanceQueued(this.#workplace, data, await this.#plan(data.order), isRepeated);
      this.#faults = 0;
      if (result.enhancement) this.#counts.enhanced++;
      else this.#counts.doneBefore++;
      this.#reporter.finish?.(result);
    } catch (cause) {
      const error = asKindlingError(input, cause);
      const isLast = isPoison(error.code) || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      if (isLast) this.#counts.failed++;
      this.#reporter.fail?.(input, error.code, error.message, isLast);
      if (!isPoison(error.code)) await this.#rest();
      throw asQueueError(error);
    } finally {
      this.#active--;
    }
  }

  /** A machine with a full disk or without its folders would fail every photo there is: it takes them ever more slowly. */
  async #rest(): Promise<void> {
    const ms = Math.min(100 * 2 ** this.#faults++, 30_000);
    await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #plan(order: string): Promise<PlannedOrder> {
    const { models, device = "auto", maxMemoryBytes } = this.#options;
    const planning = this.#orders.get(order) ?? this.#planAnew(order, { models, device, maxMemoryBytes });
    this.#orders.set(order, planning);
    // A fault here may be over with the next photo.
    planning.catch(() => this.#orders.delete(order));
    return planning;
  }

  async #planAnew(order: string, machine: MachineOptions): Promise<PlannedOrder> {
    return planOrder(await findOrder(this.#queue, order), machine);
  }

  /** Tells once that the queue is away and once that it is there again, and each other fault of it once in a row. */
  #tellInterruptions(worker: Worker): void {
    const { redis, connection } = this.#queue;
    const shown = (error: Error) => redactSecrets(error.message, [connection.password ?? ""]);
    const tell = (message: string) => {
      if (!this.#stop.signal.aborted) this.#reporter.notice?.(message);
    };
    let isAway = false;
    let refused = "";
    // A connection of our own: BullMQ's workers tell only the first time that theirs is ready.
    redis.on("error", (error) => {
      if (!isAway) tell(`the queue cannot be reached, waiting for it: ${shown(error)}`);
      isAway = true;
    });
    redis.on("ready", () => {
      if (isAway) tell("the queue is there again.");
      isAway = false;
    });
    worker.on("error", (error) => {
      // Answers of the server, such as that its memory is full; their first word is their kind.
      const [kind = ""] = error.message.split(" ");
      if (error.name !== "ReplyError" || kind === refused) return;
      refused = kind;
      tell(`the queue refuses a command: ${shown(error)}`);
    });
    worker.on("completed", () => {
      refused = "";
    });
  }

  async #waitForEnd(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      // Only an idle worker asks: a thousand that ask all the time would be a load of their own.
      if (this.#active === 0 && countLeft(await countJobs(this.#queue)) === 0) return;
      await wait(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
