import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { commitFile, discardFile, KindlingError, peekPixelCount, removeAbandonedFiles } from "@kindling/node";
import { Piscina } from "piscina";
import type { BatchSummary, Reporter } from "../report/reporter.ts";
import { type BatchPlan, identity, type PlannedPhoto } from "./batch-plan.ts";
import type { Job, JobOutcome, Treatment } from "./job.ts";
import { Journal } from "./journal.ts";
import { MemoryGate } from "./memory-gate.ts";

/** How a batch is run. */
export interface BatchOptions {
  readonly treatment: Treatment;
  /** Photos worked on at a time. */
  readonly jobs: number;
  /** Whether results may replace inputs and files that are not results of earlier runs. */
  readonly overwrite: boolean;
  /** Version of Kindling: a result of another is made anew. */
  readonly version: string;
  readonly reporter: Reporter;
  /** Raise it to stop: photos under way are dropped, finished ones stay. */
  readonly signal: AbortSignal;
}

/** Runs a planned batch on worker threads. A photo that fails is told and the others go on. */
export async function runBatch(plan: BatchPlan, out: string, options: BatchOptions): Promise<BatchSummary> {
  const { reporter, signal } = options;
  const startedAt = performance.now();
  const journal = plan.folder === undefined ? undefined : await Journal.open(plan.folder, journalKey(options));
  const todo: PlannedPhoto[] = [];
  for (const photo of plan.photos) if (!(await isFinished(journal, photo))) todo.push(photo);
  for (const folder of new Set(todo.map(({ output }) => dirname(output)))) await removeAbandonedFiles(folder);
  const counts = { enhanced: 0, failed: 0, megapixels: 0, doneBefore: plan.photos.length - todo.length };
  const fail = (input: string, { code, message }: Pick<KindlingError, "code" | "message">) => {
    counts.failed++;
    reporter.failed(input, code, message);
  };

  reporter.start(todo.length + plan.failures.length, counts.doneBefore);
  for (const { input, error } of plan.failures) fail(input, error);
  const guard = await overwriteGuard(plan, journal, options.overwrite);
  const shares = new Map<PlannedPhoto, number>();
  const tellProgress = () => {
    reporter.progress(counts.enhanced + counts.failed + [...shares.values()].reduce((sum, share) => sum + share, 0));
  };
  const workers = openWorkers(Math.min(options.jobs, todo.length));
  const gate = new MemoryGate(process.availableMemory());

  const runOne = async (photo: PlannedPhoto): Promise<void> => {
    await guard(photo);
    const leave = await gate.enter((await peekPixelCount(photo.input)) ?? 0);
    try {
      if (signal.aborted) return;
      const outcome = await workers.run(photo, options, (share) => {
        shares.set(photo, share);
        tellProgress();
      });
      if (!outcome.ok) throw new KindlingError(outcome.code, outcome.message);
      const { result } = outcome;
      try {
        await journal?.note(photo, result.bytes);
      } catch (error) {
        await discardFile(result.staged);
        throw error;
      }
      await commitFile(result.staged);
      counts.enhanced++;
      counts.megapixels += result.megapixels;
      reporter.enhanced(photo.input, photo.output, result);
    } finally {
      leave();
    }
  };
  // Each lane takes the next photo when it is free, so that not all files are looked at before the first is done.
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
        tellProgress();
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
    stopped: plan.photos.length + plan.failures.length - counts.doneBefore - counts.enhanced - counts.failed,
    seconds: (performance.now() - startedAt) / 1000,
    out,
  };
  reporter.end(summary);
  return summary;
}

/** What a finished result depends on: how many megapixels are allowed does not change a pixel. */
function journalKey({ treatment, version }: BatchOptions): object {
  const { maxMegapixels: _, ...decisive } = treatment;
  return { version, ...decisive };
}

async function isFinished(journal: Journal | undefined, photo: PlannedPhoto): Promise<boolean> {
  // An input that cannot be looked at is tried, so that its failure is told.
  return (await journal?.isFinished(photo).catch(() => false)) ?? false;
}

/** Refuses a photo whose result would destroy something that is not a result of ours. */
async function overwriteGuard(
  plan: BatchPlan,
  journal: Journal | undefined,
  overwrite: boolean,
): Promise<(photo: PlannedPhoto) => Promise<void>> {
  const inputs = new Set(await Promise.all(plan.photos.map(({ input }) => identity(input))));
  return async ({ input, output }) => {
    if (overwrite) return;
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
}

interface Workers {
  run(photo: PlannedPhoto, options: BatchOptions, onProgress: (share: number) => void): Promise<JobOutcome>;
  close(): Promise<void>;
}

function openWorkers(count: number): Workers {
  const threads = Math.max(1, Math.floor(availableParallelism() / Math.max(1, count)));
  const pool = new Piscina<Job, JobOutcome>({
    filename: new URL("./enhance-worker.js", import.meta.url).href,
    name: "enhanceOnWorker",
    minThreads: 0,
    maxThreads: Math.max(1, count),
  });
  return {
    run: async ({ input, output }, { treatment, signal }, onProgress) => {
      const { port1, port2 } = new MessageChannel();
      const cancel = () => port1.postMessage("cancel");
      port1.on("message", onProgress);
      signal.addEventListener("abort", cancel, { once: true });
      try {
        return await pool.run({ input, output, treatment, threads, port: port2 }, { transferList: [port2] });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { ok: false, code: "internal", message: `${input}: its worker thread broke off: ${reason}.` };
      } finally {
        signal.removeEventListener("abort", cancel);
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}
