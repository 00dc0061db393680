import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import { KindlingError } from "@kindling/core";
import { disableTelemetry } from "../runtime/disable-telemetry.ts";
import { createNativeState, endNativeState, keepOutOfNativeCode, type NativeState } from "../runtime/native-code.ts";
import type { Job, JobOutcome, JobProgress } from "./job.ts";

/** A module and its exported function, which does one job on a worker thread. */
export interface WorkerFunction {
  readonly file: URL;
  readonly name: string;
  /** Loads the function for the calling thread; of work that may be done there. */
  readonly load?: () => Promise<(job: never) => Promise<JobOutcome<unknown>>>;
}

/** How one job is followed and stopped. */
export interface WorkOptions {
  /** Cancels the job. */
  readonly signal: AbortSignal;
  /** Receives how far the job is. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /**
   * Milliseconds in which a cancelled job must end by itself; then its thread is stopped, and the next job gets a new one.
   * Without it a cancelled job is waited for.
   */
  readonly graceMs?: number | undefined;
}

/**
 * Worker threads that live until they are closed, and with them what they keep open. Give them at most `count` jobs at
 * the same time: what waits has no thread.
 */
export interface Workers {
  readonly count: number;
  /** Does one job. Failures, a thread that crashes among them, are outcomes and not thrown. */
  run<Photo extends { readonly input: string }, Treatment, Result>(
    work: WorkerFunction,
    photo: Photo,
    treatment: Treatment,
    options: WorkOptions,
  ): Promise<JobOutcome<Result>>;
  /** Stops all threads, those with a job, too. */
  close(): Promise<void>;
}

/** Does a job somewhere, until it ends or the signal stops it. */
type Execute = (
  work: WorkerFunction,
  job: Job<{ readonly input: string }, unknown>,
  signal: AbortSignal,
) => Promise<JobOutcome<unknown>>;

/**
 * Opens up to `count` worker threads; each starts with its first job.
 *
 * @param nodeArguments what the threads' Node is started with; as this process if not given.
 */
export async function openWorkers(count: number, nodeArguments?: readonly string[]): Promise<Workers> {
  // Loaded only for a batch or a server: photos enhanced one by one do not need it.
  const { Piscina } = await import("piscina");
  disableTelemetry();
  const workers = Math.max(1, count);
  const pool = new Piscina({
    // Without an endless idle time a worker ends as soon as it has no photo, and the next photo pays for a new one.
    ...{ minThreads: 0, maxThreads: workers, idleTimeout: Number.POSITIVE_INFINITY },
    ...(nodeArguments && { execArgv: [...nodeArguments] }),
  });
  const waiting = new Set<AbortController>();
  // Of a thread that fails between two jobs: it is replaced with the next one. Where none could be started, as when memory
  // is short, the jobs that wait for one would wait for ever.
  pool.on("error", (error) => {
    if (pool.threads.length === 0) for (const job of waiting) job.abort(error);
  });
  const execute: Execute = async ({ file, name }, job, signal) => {
    const unserved = new AbortController();
    waiting.add(unserved);
    const ending = AbortSignal.any([signal, unserved.signal]);
    try {
      return await pool.run(job, { filename: file.href, name, transferList: [job.port], signal: ending });
    } catch (error) {
      throw unserved.signal.aborted ? unserved.signal.reason : error;
    } finally {
      waiting.delete(unserved);
    }
  };
  return workersOf(workers, execute, () => pool.destroy());
}

/** Does jobs one after the other on the calling thread, by the `load` of their work. They end by themselves alone. */
export function useCallingThread(): Workers {
  const execute: Execute = async ({ load, name }, job) => {
    if (!load) throw new KindlingError("internal", `${name} has no function for the calling thread.`);
    return (await load())(job as never);
  };
  return workersOf(1, execute, async () => undefined);
}

function workersOf(workers: number, execute: Execute, end: () => Promise<void>): Workers {
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  /** Of the jobs in work. */
  const states = new Set<NativeState>();
  return {
    count: workers,
    async run<Photo extends { readonly input: string }, Treatment, Result>(
      work: WorkerFunction,
      photo: Photo,
      treatment: Treatment,
      { signal, onProgress, graceMs }: WorkOptions,
    ) {
      const cancelled = { ok: false, code: "cancelled", message: `${photo.input}: stopped.` } as const;
      if (signal.aborted) return cancelled;
      const { port1, port2 } = new MessageChannel();
      const stopping = new AbortController();
      let grace: NodeJS.Timeout | undefined;
      const cancel = () => {
        port1.postMessage("cancel");
        if (graceMs === undefined) return;
        grace = setTimeout(() => void keepOutOfNativeCode(native).then(() => stopping.abort()), graceMs);
      };
      const native = createNativeState();
      states.add(native);
      if (onProgress) port1.on("message", onProgress);
      signal.addEventListener("abort", cancel, { once: true });
      const job: Job<Photo, Treatment> = { photo, treatment, threads, workers, port: port2, native };
      try {
        return (await execute(work, job, stopping.signal)) as JobOutcome<Result>;
      } catch (error) {
        if (stopping.signal.aborted) return cancelled;
        const reason = error instanceof Error ? error.message : String(error);
        return { ok: false, code: "internal", message: `${photo.input}: its worker thread stopped: ${reason}.` };
      } finally {
        clearTimeout(grace);
        endNativeState(native);
        states.delete(native);
        signal.removeEventListener("abort", cancel);
        port1.close();
      }
    },
    close: async () => {
      await Promise.all([...states].map(keepOutOfNativeCode));
      await end();
    },
  };
}
