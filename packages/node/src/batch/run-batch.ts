import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { KindlingError } from "@kindling/core";
import { stat } from "../photo/file-system.ts";
import { formatOfPath } from "../photo/format-of-path.ts";
import { peekPixelCount } from "../photo/peek.ts";
import { commitFile, discardFile, removeAbandonedFiles } from "../photo/write-file.ts";
import { type BatchPlan, identity, type PlannedPhoto } from "./batch-plan.ts";
import type { BatchReporter, BatchSummary } from "./batch-reporter.ts";
import type { BatchResult, Job, JobOutcome } from "./job.ts";
import { Journal } from "./journal.ts";
import { MemoryGate } from "./memory-gate.ts";

/** How a batch is run. */
export interface BatchOptions<Treatment, Result> {
  /** Module and exported function that do one job on a worker thread. */
  readonly worker: { readonly file: URL; readonly name: string };
  readonly treatment: Treatment;
  /** Everything that determines a result; a result made with other settings is made again. */
  readonly settings: object;
  /** Photos processed at the same time. */
  readonly jobs: number;
  /** Memory needed beyond decoding and encoding: for all photos together, and for each pixel of one. */
  readonly memory?: { readonly bytes: number; readonly bytesPerPixel: number } | undefined;
  /** Whether results may replace inputs and files that are not results of earlier runs. */
  readonly overwrite: boolean;
  readonly reporter: BatchReporter<Result>;
  /** Stops the batch: photos in work are dropped, finished ones stay. */
  readonly signal: AbortSignal;
}

/** Runs a planned batch on worker threads. Failed photos are reported; the others continue. */
export async function runBatch<Photo extends PlannedPhoto, Treatment, Result extends BatchResult>(
  plan: BatchPlan<Photo>,
  out: string,
  options: BatchOptions<Treatment, Result>,
): Promise<BatchSummary> {
  const { reporter, signal } = options;
  const startedAt = performance.now();
  const journal = plan.folder === undefined ? undefined : await Journal.open(plan.folder, options.settings);
  const todo: Photo[] = [];
  for (const photo of plan.photos) if (!(await isFinished(journal, photo))) todo.push(photo);
  for (const folder of new Set(todo.flatMap(outputsOf).map((path) => dirname(path))))
    await removeAbandonedFiles(folder);
  const counts = { finished: 0, failed: 0, megapixels: 0, doneBefore: plan.photos.length - todo.length };
  const fail = (input: string, { code, message }: Pick<KindlingError, "code" | "message">) => {
    counts.failed++;
    reporter.fail(input, code, message);
  };

  reporter.start(todo.length + plan.failures.length, counts.doneBefore);
  for (const { input, error } of plan.failures) fail(input, error);
  const guard = await guardOverwrite(plan, journal, options.overwrite);
  const shares = new Map<Photo, number>();
  const reportProgress = () => {
    reporter.progress(counts.finished + counts.failed + [...shares.values()].reduce((sum, share) => sum + share, 0));
  };
  const workers = await openWorkers<Photo, Treatment, Result>(Math.min(options.jobs, todo.length), options);
  const { bytes: reserved, bytesPerPixel } = options.memory ?? { bytes: 0, bytesPerPixel: 0 };
  const gate = new MemoryGate(process.availableMemory() - reserved, bytesPerPixel);

  const runOne = async (photo: Photo): Promise<void> => {
    await guard(photo);
    const leave = await gate.enter((await peekPixelCount(photo.input)) ?? 0, formatOfPath(photo.output));
    try {
      if (signal.aborted) return;
      const outcome = await workers.run(photo, (share) => {
        shares.set(photo, share);
        reportProgress();
      });
      if (!outcome.ok) throw new KindlingError(outcome.code, outcome.message);
      const { result } = outcome;
      try {
        for (const { staged, bytes } of result.files) await journal?.note({ ...photo, output: staged.path }, bytes);
      } catch (error) {
        for (const { staged } of result.files) await discardFile(staged);
        throw error;
      }
      for (const { staged } of result.files) await commitFile(staged);
      counts.finished++;
      counts.megapixels += result.megapixels;
      reporter.finish(photo.input, photo.output, result);
    } finally {
      leave();
    }
  };
  // Each lane takes the next photo when it is free, so that the first results come before all files are opened.
  const queue = todo.values();
  const lane = async () => {
    for (const photo of queue) {
      if (signal.aborted) return;
      try {
        await runOne(photo);
      } catch (error) {
        if (!(error instanceof KindlingError)) throw error;
        if (error.code !== "cancelled") fail(photo.input, error);
      } finally {
        shares.delete(photo);
        reportProgress();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: options.jobs }, lane));
  } finally {
    await workers.close();
  }
  const summary: BatchSummary = {
    ...counts,
    stopped: plan.photos.length + plan.failures.length - counts.doneBefore - counts.finished - counts.failed,
    seconds: (performance.now() - startedAt) / 1000,
    out,
  };
  reporter.end(summary);
  return summary;
}

/** All files made from a photo. */
function outputsOf({ output, companions = [] }: PlannedPhoto): string[] {
  return [output, ...companions];
}

/** Whether all files of a photo exist and were made from it with the same settings. */
export async function isFinished(journal: Journal | undefined, photo: PlannedPhoto): Promise<boolean> {
  for (const output of outputsOf(photo)) {
    // An input whose status cannot be read is not skipped, so that its failure is reported.
    if (!(await journal?.isFinished({ ...photo, output }).catch(() => false))) return false;
  }
  return true;
}

/** Returns a check that throws for a photo whose result would replace a file of another program. */
async function guardOverwrite(
  plan: BatchPlan,
  journal: Journal | undefined,
  overwrite: boolean,
): Promise<(photo: PlannedPhoto) => Promise<void>> {
  const inputs = new Set(await Promise.all(plan.photos.map(({ input }) => identity(input))));
  const guard = async (input: string, output: string) => {
    const remedy = "Choose another --out, or give --overwrite to replace it.";
    if (inputs.has(await identity(output))) {
      throw new KindlingError("exists", `${input}: its result would replace the photo ${output}. ${remedy}`);
    }
    const exists = await stat(output).then(
      () => true,
      () => false,
    );
    if (exists && journal && !(await journal.isOwnResult(output))) {
      throw new KindlingError(
        "exists",
        `${input}: ${resolve(output)} is there already and was not made by this command. ${remedy}`,
      );
    }
  };
  return async (photo) => {
    if (!overwrite) for (const output of outputsOf(photo)) await guard(photo.input, output);
  };
}

interface Workers<Photo, Result> {
  run(photo: Photo, onProgress: (share: number) => void): Promise<JobOutcome<Result>>;
  close(): Promise<void>;
}

async function openWorkers<Photo extends PlannedPhoto, Treatment, Result>(
  count: number,
  { worker, treatment, signal }: Pick<BatchOptions<Treatment, Result>, "worker" | "treatment" | "signal">,
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
