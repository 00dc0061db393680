import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import type { Job, JobOutcome, JobProgress } from "./job.ts";
import type { PlannedPhoto } from "./planned-photo.ts";

/** Worker threads that do the work of a batch. */
export interface Workers<Photo, Result> {
  /** Works on one photo; `onProgress` receives how far it is. */
  run(photo: Photo, onProgress: (progress: JobProgress) => void): Promise<JobOutcome<Result>>;
  close(): Promise<void>;
}

/** What worker threads run, and how. */
export interface WorkersOptions<Treatment> {
  /** Module and exported function that do one job on a worker thread. */
  readonly worker: { readonly file: URL; readonly name: string };
  readonly treatment: Treatment;
  /** Cancels the jobs in work. */
  readonly signal: AbortSignal;
}

/** Opens up to `count` worker threads; each starts with its first photo. */
export async function openWorkers<Photo extends PlannedPhoto, Treatment, Result>(
  count: number,
  { worker, treatment, signal }: WorkersOptions<Treatment>,
): Promise<Workers<Photo, Result>> {
  // Loaded only for a batch: photos enhanced one by one do not need it.
  const { Piscina } = await import("piscina");
  const workers = Math.max(1, count);
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  const pool = new Piscina<Job<Photo, Treatment>, JobOutcome<Result>>({
    filename: worker.file.href,
    name: worker.name,
    minThreads: 0,
    maxThreads: workers,
    // Without it a worker ends as soon as it has no photo, and the next photo pays for a new one.
    idleTimeout: 10_000,
  });
  return {
    run: async (photo, onProgress) => {
      const { port1, port2 } = new MessageChannel();
      const cancel = () => port1.postMessage("cancel");
      port1.on("message", onProgress);
      signal.addEventListener("abort", cancel, { once: true });
      try {
        return await pool.run({ photo, treatment, threads, workers, port: port2 }, { transferList: [port2] });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { ok: false, code: "internal", message: `${photo.input}: its worker thread stopped: ${reason}.` };
      } finally {
        signal.removeEventListener("abort", cancel);
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}
