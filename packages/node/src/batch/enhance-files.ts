import { availableParallelism } from "node:os";
import { defaultMethod, type MethodFacts } from "@kindling/core";
import { completeSettings, requireStrengths } from "@kindling/core/internal";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { defaultNetworkMemoryBytes } from "../memory.ts";
import { openModelStore } from "../models/open-model-store.ts";
import { sha256OfFile } from "../photo/regular-file.ts";
import { version } from "../version.ts";
import { type BatchPlan, planBatch } from "./batch-plan.ts";
import type { BatchReporter, BatchSummary } from "./batch-reporter.ts";
import type { Enhancement, Treatment, VideoTreatment } from "./enhancement.ts";
import { standardStream } from "./find-photos.ts";
import { runBatch } from "./run-batch.ts";
import { readStandardInput } from "./standard-streams.ts";

/** Options of `enhanceFiles`; defaults are those of the command `kindling enhance`. */
export interface EnhanceFilesOptions extends Partial<Omit<Treatment, "maxMemoryBytes">> {
  /** Memory for networks in bytes; default: a quarter of the free memory, up to 4 GB. */
  readonly maxMemoryBytes?: number | undefined;
  /** Folder for the results, or when there is one photo a file name, or `-` for the standard output. */
  readonly out: string;
  /** Goes between name and ending of results in a folder. */
  readonly suffix?: string | undefined;
  /** Photos processed at the same time; default: one a processor core. */
  readonly jobs?: number | undefined;
  /** Whether results may replace inputs and files that are not results of earlier runs; default false. */
  readonly overwrite?: boolean | undefined;
  /** Whether the reporter is only told which photos would be enhanced; default false. */
  readonly dryRun?: boolean | undefined;
  readonly reporter: BatchReporter<Enhancement>;
  /** Stops the batch: photos in work are dropped, finished ones stay. */
  readonly signal: AbortSignal;
}

/**
 * Enhances files, folders and globs of photos and videos on worker threads; `-` is the standard input. Finished results of an earlier
 * call with the same settings are not made again. Of two calls for one folder the second waits for the first.
 *
 * @throws {KindlingError} `invalid-option` for an option out of its range; `not-found` where a network has no weights;
 * the reporter receives the failures of single photos.
 * @example
 * const none = () => undefined;
 * const reporter = { start: none, progress: none, finish: console.log, fail: console.error, end: none };
 * const { finished } = await enhanceFiles(["photos/"], { out: "enhanced/", light: 2, reporter, signal });
 */
export async function enhanceFiles(
  inputs: readonly string[],
  {
    out,
    suffix,
    jobs = availableParallelism(),
    overwrite = false,
    dryRun,
    reporter,
    signal,
    ...options
  }: EnhanceFilesOptions,
): Promise<BatchSummary> {
  const { method = defaultMethod, light = "auto", format = "keep", depth = "keep", stripGps = false } = options;
  const {
    device = "auto",
    maxMegapixels = 200,
    mask,
    denoise,
    denoiseColour,
    keepHighlights,
    quality,
    models,
    keepTimes = false,
    video = {},
  } = options;
  const facts = factsOfMethod(method);
  const settings = completeSettings(facts, options.settings ?? {});
  requireStrengths(options, facts);
  const { weights, memory } = await findWeights(facts, options);
  const maskHash = mask === undefined ? undefined : await sha256OfFile(mask);
  const planned = await planBatch(inputs, out, { format, depth, suffix, container: video.container ?? "keep" });
  const plan = dryRun ? planned : await withStandardInput(planned, signal);
  // What determines a result. The journal keeps a hash of its JSON text: another order of names would make all results again.
  const decisive = {
    method,
    light,
    mask,
    denoise,
    denoiseColour,
    keepHighlights,
    format: plan.format,
    depth,
    quality,
    stripGps,
    settings,
    // Left out where nothing is asked for, so that the results of photos are not made again.
    video: decisiveOf(video),
  };
  return runBatch(plan, out, {
    worker: { file: new URL("./enhance-worker.js", import.meta.url), name: "enhanceOnWorker" },
    treatment: { ...decisive, video, device, models, maxMegapixels, keepTimes, maxMemoryBytes: memory.bytes },
    // Of files the content counts, not the path.
    settings: { version, ...decisive, mask: maskHash, weights },
    jobs,
    memory,
    overwrite,
    dryRun,
    reporter,
    signal,
  });
}

/** What determines the result of a video; neither the program nor what becomes of a stopped run does. */
function decisiveOf({ ffmpeg: _, keepPart: __, ...decisive }: VideoTreatment): VideoTreatment | undefined {
  return Object.values(decisive).some((value) => value !== undefined) ? decisive : undefined;
}

/** Reads the photo that comes from the standard input, if one does. */
async function withStandardInput(plan: BatchPlan, signal: AbortSignal): Promise<BatchPlan> {
  const [photo] = plan.photos;
  if (photo?.input !== standardStream) return plan;
  return { ...plan, photos: [{ ...photo, content: await readStandardInput(signal) }] };
}

/** The hashes of a method's weights, and the memory it needs. */
async function findWeights(
  { made }: MethodFacts,
  { models, maxMemoryBytes }: Pick<EnhanceFilesOptions, "models" | "maxMemoryBytes">,
) {
  if (made.by === "formula") return { weights: undefined, memory: { bytes: 0, bytesPerPixel: 0 } };
  // Looked up here, so that missing weights are one error and not one for every photo.
  const { parts } = await openModelStore(models).manifest(made.method.name, made.tag);
  return {
    weights: Object.values(parts).map(({ sha256 }) => sha256),
    memory: { bytes: maxMemoryBytes ?? defaultNetworkMemoryBytes(), bytesPerPixel: made.method.keptBytesPerPixel },
  };
}
