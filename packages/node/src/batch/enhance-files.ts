import { availableParallelism } from "node:os";
import { KindlingError } from "@kindling/core";
import { invalidValue, requireText, requireWholeNumber } from "@kindling/core/internal";
import { jobsRange } from "../options/jobs-range.ts";
import { type BatchPlan, planBatch } from "./batch-plan.ts";
import type { BatchReporter, BatchSummary } from "./batch-reporter.ts";
import type { Enhancement } from "./enhancement.ts";
import { standardStream } from "./find-photos.ts";
import { enhanceWorker } from "./open-enhance-workers.ts";
import { planTreatment, type TreatmentOptions } from "./plan-treatment.ts";
import { type CallingThreadLimit, hashSettings, runBatch } from "./run-batch.ts";
import { readStandardInput } from "./standard-streams.ts";

/** Options of `enhanceFiles`; defaults are those of the command `kindling enhance`. */
export interface EnhanceFilesOptions extends TreatmentOptions {
  /** Folder for the results, or when there is one photo a file name, or `-` for the standard output. */
  readonly out: string;
  /** Goes between name and ending of results in a folder. */
  readonly suffix?: string | undefined;
  /** Photos processed at the same time, 1 to 256; default: one a processor core. */
  readonly jobs?: number | undefined;
  /** Whether results may replace inputs and files that are not results of earlier runs; default false. */
  readonly overwrite?: boolean | undefined;
  /** Whether the reporter is only told which photos would be enhanced; default false. */
  readonly dryRun?: boolean | undefined;
  /**
   * Whether a few small photos, or one of up to 30 megapixels, may be enhanced on the calling thread, where a step of the work can take
   * some tenths of a second, and whose network stays open. It saves the start of worker threads: for programs that do nothing else
   * meanwhile. Default false.
   */
  readonly onCallingThread?: boolean | undefined;
  /** Receives every result and failure; without one only the summary counts them. */
  readonly reporter?: BatchReporter<Enhancement> | undefined;
  /** Stops the batch: photos in work are dropped, finished ones stay. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Enhances files, folders and globs of photos and videos on worker threads; `-` is the standard input. Finished results of an earlier
 * call with the same settings are not made again. Of two calls for one folder the second waits for the first.
 *
 * @throws {KindlingError} `invalid-option` for an option out of its range; `not-found` where a network has no weights;
 * the reporter receives the failures of single photos.
 * @example
 * const { finished, failed } = await enhanceFiles(["photos/"], {
 *   out: "enhanced/",
 *   light: 2,
 *   reporter: { fail: (photo, code, message) => console.error(photo, code, message) },
 *   signal,
 * });
 */
export async function enhanceFiles(
  inputs: readonly string[],
  {
    out,
    suffix,
    jobs = availableParallelism(),
    overwrite = false,
    dryRun,
    onCallingThread = false,
    reporter = {},
    signal = new AbortController().signal,
    ...options
  }: EnhanceFilesOptions,
): Promise<BatchSummary> {
  if (!Array.isArray(inputs)) throw invalidValue("inputs", "a list of files, folders and patterns", inputs);
  for (const input of inputs) requireText("inputs", input, "files, folders and patterns");
  requireText("out", out, "a folder or a file name");
  requireWholeNumber("jobs", jobs, ...jobsRange);
  const { treatment, settings, memory, isBrief, takesAllCores } = await planTreatment(options);
  const { format, depth } = treatment;
  const planned = await planBatch(inputs, out, {
    format,
    depth,
    suffix,
    container: treatment.video?.container ?? "keep",
  });
  const plan = dryRun ? planned : await withStandardInput(planned, signal);
  return runBatch(plan, out, {
    worker: enhanceWorker,
    treatment: { ...treatment, format: plan.format, identity: hashSettings({ ...settings, format: plan.format }) },
    settings: { ...settings, format: plan.format },
    // Threads share the memory: rather fewer of them than one that no tile fits.
    jobs: memory.leastBytes > 0 ? Math.min(jobs, Math.floor(memory.bytes / memory.leastBytes)) : jobs,
    memory,
    overwrite,
    dryRun,
    onCallingThread: onCallingThread && isBrief ? callingThreadLimit(takesAllCores, jobs) : undefined,
    reporter,
    signal,
  });
}

/**
 * What is done sooner on the calling thread than on so many worker threads, which have yet to start. Measured with two threads: of Ember 12
 * photos of 0.3 megapixels took seven eighths of their time, 16 and 24 as long; of LIME two took longer. One photo takes one thread in any
 * case: by Ember a megapixel took 1.4 s in place of 1.6, and 24 of them 8.3 s in place of 8.8, no step of which blocked the thread for more than 0.4 s.
 * Steps of formulas for 24 megapixels take up to 2 s.
 */
function callingThreadLimit(takesAllCores: boolean, threads: number): CallingThreadLimit {
  if (!takesAllCores) return { smallPhotos: 1, pixelsOfOne: 5e5 };
  return { smallPhotos: Math.max(1, Math.round(16 / Math.max(1, threads - 1))), pixelsOfOne: 3e7 };
}

/** Reads the photo that comes from the standard input, if one does. */
async function withStandardInput(plan: BatchPlan, signal: AbortSignal): Promise<BatchPlan> {
  const [photo] = plan.photos;
  if (photo?.input !== standardStream) return plan;
  const content = await readStandardInput(signal);
  if (content.length === 0) {
    throw new KindlingError(
      "damaged",
      "The standard input is empty. Check the command or file that the photo comes from.",
    );
  }
  return { ...plan, photos: [{ ...photo, content }] };
}
