import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { KindlingError } from "@kindling/core";
import { freePhotoMemoryBytes } from "../memory.ts";
import { formatOfPath } from "../photo/format-of-path.ts";
import { isPhotoWithin, peekPixelCount } from "../photo/peek.ts";
import { commitFile, discardFile, removeAbandonedFiles } from "../photo/write-file.ts";
import { isVideoWork } from "../video/video-format.ts";
import type { BatchPlan } from "./batch-plan.ts";
import type { BatchReporter, BatchSummary } from "./batch-reporter.ts";
import { holdFolder } from "./folder-lock.ts";
import type { BatchResult, JobProgress } from "./job.ts";
import { Journal } from "./journal.ts";
import { MemoryGate } from "./memory-gate.ts";
import { OutputGuard } from "./output-guard.ts";
import { outputsOf, type PlannedPhoto } from "./planned-photo.ts";
import { ProgressEstimate } from "./progress-estimate.ts";
import { writeStandardOutput } from "./standard-streams.ts";
import { openWorkers, useCallingThread, type WorkerFunction, type Workers } from "./workers.ts";

/** How a batch is run. */
export interface BatchOptions<Photo, Treatment, Result> {
  /** What worker threads run. */
  readonly worker: WorkerFunction;
  readonly treatment: Treatment;
  /** Cancels the photos in work. */
  readonly signal: AbortSignal;
  /** Everything that determines a result; a result made with other settings is made again. */
  readonly settings: object;
  /** Photos processed at the same time. */
  readonly jobs: number;
  /** Memory needed beyond decoding and encoding: for all photos together, and for each pixel of one. */
  readonly memory?: { readonly bytes: number; readonly bytesPerPixel: number } | undefined;
  /** Whether results may replace inputs and files that are not results of earlier runs. */
  readonly overwrite: boolean;
  /** Whether photos are only told, and nothing is done. */
  readonly dryRun?: boolean | undefined;
  /** What is worked on without a worker thread; default nothing. Else `worker` has `load`. */
  readonly onCallingThread?: CallingThreadLimit | undefined;
  readonly reporter: BatchReporter<Result>;
  /**
   * Concludes the batch while the folder is still held.
   *
   * @param finished photos whose results are there, of this run and of earlier ones.
   */
  conclude?(finished: readonly Photo[], summary: BatchSummary): Promise<void>;
}

/** What may be worked on without a worker thread: a few small photos, or one. */
export interface CallingThreadLimit {
  /** Most photos of up to half a megapixel. */
  readonly smallPhotos: number;
  /** Most pixels of one that is the only photo. */
  readonly pixelsOfOne: number;
}

/** Memory that a video takes, as that of a photo of so many pixels: its frames of 1920x1080 that wait, and those in work. */
const clipPixels = 10e6;

/** How often progress between two reports of the work is estimated. */
const progressMs = 250;

/**
 * Runs a planned batch on worker threads. Failed photos are reported; the others continue. Of two batches into one folder
 * the second waits for the first.
 */
export async function runBatch<Photo extends PlannedPhoto, Treatment, Result extends BatchResult>(
  plan: BatchPlan<Photo>,
  out: string,
  options: BatchOptions<Photo, Treatment, Result>,
): Promise<BatchSummary> {
  const { reporter, signal } = options;
  const run = new Run(plan, out, options);
  for (const { path, message } of plan.notices ?? []) reporter.notice?.(path, message);
  if (plan.folder === undefined || plan.photos.length === 0 || options.dryRun) return run.run();
  const release = await holdFolder(plan.folder, signal, (processId) =>
    reporter.notice?.(out, `another run (process ${processId}) writes there; waiting for its end.`),
  );
  if (release === undefined) return run.stop();
  try {
    return await run.run();
  } finally {
    await release();
  }
}

/** One run of a batch, whose folder is held. */
class Run<Photo extends PlannedPhoto, Treatment, Result extends BatchResult> {
  readonly #plan: BatchPlan<Photo>;
  readonly #out: string;
  readonly #options: BatchOptions<Photo, Treatment, Result>;
  /** Only a hash is kept: another order of names in the settings makes all results again. */
  readonly #settings: string;
  readonly #startedAt = performance.now();
  readonly #progress = new ProgressEstimate<Photo>();
  readonly #finished = new Set<Photo>();
  readonly #counts = { finished: 0, failed: 0, megapixels: 0, doneBefore: 0 };

  constructor(plan: BatchPlan<Photo>, out: string, options: BatchOptions<Photo, Treatment, Result>) {
    this.#plan = plan;
    this.#out = out;
    this.#options = options;
    this.#settings = hashSettings(options.settings);
  }

  async run(): Promise<BatchSummary> {
    const { reporter, signal, overwrite, dryRun, conclude } = this.#options;
    const { photos, failures, folder } = this.#plan;
    const journal = folder === undefined ? undefined : await Journal.open(folder);
    const todo: Photo[] = [];
    for (const photo of photos) {
      if (signal.aborted) return this.stop();
      // A photo that cannot be read is not skipped, so that its failure is reported.
      if (await journal?.isFinished(photo, this.#settings).catch(() => false)) this.#finished.add(photo);
      else todo.push(photo);
    }
    this.#counts.doneBefore = this.#finished.size;
    reporter.start?.(todo.length + failures.length, this.#counts.doneBefore);
    for (const { input, error } of failures) this.#fail(input, error);
    const guard = await OutputGuard.open(this.#plan, journal, overwrite);
    if (dryRun) return this.#tell(todo, guard);
    await this.#work(todo, guard, journal);
    const summary = this.#summarise();
    reporter.end?.(summary);
    await conclude?.(
      photos.filter((photo) => this.#finished.has(photo)),
      summary,
    );
    return summary;
  }

  /** Ends a run that was stopped before it began. */
  stop(): BatchSummary {
    const summary = this.#summarise();
    this.#options.reporter.end?.(summary);
    return summary;
  }

  /** Tells what a run would do. */
  async #tell(todo: readonly Photo[], guard: OutputGuard): Promise<BatchSummary> {
    const { reporter } = this.#options;
    let planned = 0;
    for (const photo of todo) {
      try {
        await guard.check(photo);
        planned++;
        reporter.plan?.(photo.input, photo.output);
      } catch (error) {
        if (!(error instanceof KindlingError)) throw error;
        this.#fail(photo.input, error);
      }
    }
    const summary = { ...this.#summarise(), stopped: 0, planned };
    reporter.end?.(summary);
    return summary;
  }

  async #work(todo: readonly Photo[], guard: OutputGuard, journal: Journal | undefined): Promise<void> {
    const { worker, treatment, memory = { bytes: 0, bytesPerPixel: 0 }, signal } = this.#options;
    const workers = await this.#openWorkers(todo);
    const gate = new MemoryGate(freePhotoMemoryBytes(memory.bytes), memory.bytesPerPixel);
    const cleared = new Set<string>();

    const runOne = async (photo: Photo): Promise<void> => {
      await guard.check(photo);
      await clearOnce(cleared, outputsOf(photo));
      const isVideo = isVideoWork(photo);
      const pixels = isVideo ? clipPixels : photo.content ? 0 : ((await peekPixelCount(photo.input)) ?? 0);
      const leave = await gate.enter(pixels, formatOfPath(photo.output));
      try {
        if (signal.aborted) return;
        this.#progress.begin(photo, isVideo ? undefined : pixels);
        const onProgress = this.#follow(photo);
        const outcome = await workers.run<Photo, Treatment, Result>(worker, photo, treatment, { signal, onProgress });
        if (!outcome.ok) throw new KindlingError(outcome.code, outcome.message);
        await this.#keep(photo, outcome.result, guard, journal);
        this.#progress.end(photo, true);
        this.#counts.finished++;
        this.#counts.megapixels += outcome.result.megapixels;
        this.#finished.add(photo);
        this.#options.reporter.finish?.(photo.input, photo.output, outcome.result);
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
          if (error.code !== "cancelled") this.#fail(photo.input, error);
        } finally {
          this.#progress.end(photo, false);
          this.#reportProgress();
        }
      }
    };
    const timer = setInterval(() => this.#reportProgress(), progressMs);
    try {
      await Promise.all(Array.from({ length: workers.count }, lane));
    } finally {
      clearInterval(timer);
      await workers.close();
    }
  }

  /** A thread loads code, libvips and the network again, which costs as much as the work on several small photos. */
  async #openWorkers(todo: readonly Photo[]): Promise<Workers> {
    const { jobs, onCallingThread: allowed } = this.#options;
    if (allowed && (await areWithin(allowed, todo))) return useCallingThread();
    return openWorkers(Math.min(jobs, todo.length));
  }

  /** Receives how far the work on a photo or video is. */
  #follow(photo: Photo): (progress: JobProgress) => void {
    const startedAt = performance.now();
    let toldAt = startedAt;
    return (progress) => {
      if (typeof progress === "number") return this.#progress.report(photo, progress);
      if ("notice" in progress) return this.#options.reporter.notice?.(photo.input, progress.notice);
      const { frames, total, before } = progress;
      if (total > 0) this.#progress.report(photo, Math.min(frames / total, 0.999));
      const now = performance.now();
      if (now - toldAt < progressMs) return;
      toldAt = now;
      const framesPerSecond = (1000 * (frames - before)) / (now - startedAt);
      const secondsLeft = total > 0 ? Math.max(total - frames, 0) / framesPerSecond : Number.POSITIVE_INFINITY;
      this.#options.reporter.frames?.(photo.input, { frames, total, framesPerSecond, secondsLeft });
    };
  }

  /** Moves the files of a result to their paths, each noted in the journal before; or none, if one may not be there. */
  async #keep(photo: Photo, { files, content }: Result, guard: OutputGuard, journal?: Journal): Promise<void> {
    if (content) await writeStandardOutput(content);
    try {
      for (const file of files) await guard.checkAgain(photo, file);
      for (const file of files) await journal?.note(photo, file, this.#settings);
      for (const { staged } of files) await commitFile(staged);
    } catch (error) {
      for (const { staged } of files) await discardFile(staged);
      throw error;
    }
  }

  #fail(input: string, { code, message }: Pick<KindlingError, "code" | "message">): void {
    this.#counts.failed++;
    this.#options.reporter.fail?.(input, code, message);
  }

  #reportProgress(): void {
    this.#options.reporter.progress?.(this.#counts.finished + this.#counts.failed + this.#progress.sum());
  }

  #summarise(): BatchSummary {
    const { finished, failed, doneBefore } = this.#counts;
    return {
      ...this.#counts,
      stopped: this.#plan.photos.length + this.#plan.failures.length - doneBefore - finished - failed,
      seconds: (performance.now() - this.#startedAt) / 1000,
      out: this.#out,
    };
  }
}

/** The hash by which settings are known. */
export function hashSettings(settings: object): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 16);
}

/** Removes what killed runs left half written in the folders of files; each folder is looked at once. */
async function clearOnce(cleared: Set<string>, files: readonly string[]): Promise<void> {
  for (const folder of files.map((path) => dirname(path))) {
    if (cleared.has(folder)) continue;
    cleared.add(folder);
    await removeAbandonedFiles(folder);
  }
}

/** Most pixels of a small photo. */
const smallPixels = 5e5;

/** Most bytes of a photo's file for each pixel: one of 16 bits with transparency has 8. */
const bytesPerPixel = 16;

async function areWithin(allowed: CallingThreadLimit, photos: readonly PlannedPhoto[]): Promise<boolean> {
  if (photos.length > allowed.smallPhotos) return false;
  const pixels = photos.length === 1 ? allowed.pixelsOfOne : smallPixels;
  for (const photo of photos) {
    const limit = { pixels, bytes: bytesPerPixel * pixels };
    if (isVideoWork(photo) || !(await isPhotoWithin(limit, photo.input, photo.content))) return false;
  }
  return true;
}
