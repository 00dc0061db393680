import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type Evaluation, type Failure, type MethodRun, summarise } from "@kindling/lab";
import { findPairs, KindlingError, peekPixelCount } from "@kindling/node";
import { Piscina } from "piscina";
import { MemoryGate } from "../batch/memory-gate.ts";
import type { Candidate } from "./candidate.ts";
import type { LabelledPicture, MeasureJob, MeasureOutcome, ResultFile } from "./measure-job.ts";
import { loadMetricModels, type MetricModelFiles } from "./metric-models.ts";
import { photosByName } from "./photos-by-name.ts";
import { openProgress, type Progress } from "./progress.ts";
import type { RunJob, RunPhoto } from "./run-job.ts";
import { runMethod } from "./run-method.ts";

/** A report shows at most this many photos, evenly spread over the data, at this longer side (px): some 15 MB of page. */
const previews = { count: 24, side: 640 } as const;

/** What is evaluated, and on what. */
export interface EvaluateOptions {
  readonly candidates: readonly Candidate[];
  /** Label of the candidate that the others are compared with. */
  readonly baseline: string;
  readonly data: { readonly kind: "pairs" | "photos"; readonly source: string; readonly split?: string | undefined };
  /** Also run methods with the reference's own light level. */
  readonly atReferenceLight: boolean;
  /** Where networks and ONNX models run, and what they may take. */
  readonly networks: Pick<RunJob, "device" | "models" | "maxMemoryBytes">;
  readonly models: MetricModelFiles;
  /** Whether pictures for a report are wanted. */
  readonly withPreviews: boolean;
  readonly maxMegapixels: number;
  readonly signal: AbortSignal;
}

/** One photo's pictures for the report. */
interface PhotoPictures {
  readonly name: string;
  readonly pictures: readonly LabelledPicture[];
}

/** An evaluation with the pictures it is shown by. */
export interface EvaluationOutcome {
  readonly evaluation: Evaluation;
  readonly photos: readonly PhotoPictures[];
}

interface Subject {
  readonly name: string;
  readonly original: string;
  readonly reference?: string;
}

interface Ran {
  readonly run: Omit<MethodRun, "images">;
  /** By the photo's name. */
  readonly files: ReadonlyMap<string, ResultFile>;
}

/**
 * Runs every candidate on every photo and measures the results.
 *
 * First all methods run, one after the other, each alone in a process of its own, so that nothing disturbs its clock;
 * then the results are measured on all cores.
 *
 * @throws {KindlingError} for data that cannot be found, a model that cannot be read, and `cancelled`. What goes wrong
 * with single photos is told in the evaluation's failures.
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationOutcome> {
  const { candidates, data, signal } = options;
  const failures: Failure[] = [];
  const subjects = await subjectsOf(data, failures);
  // Read once here, so that a file that is no model is told before anything runs.
  await (await loadMetricModels(options.models)).lpipsModel?.backbone.dispose();
  const progress = openProgress((candidates.filter(({ kind }) => kind === "engine").length + 1) * subjects.length);
  const folder = await mkdtemp(join(tmpdir(), "kindling-evaluate-"));
  try {
    const ran: Ran[] = [];
    for (const candidate of candidates) {
      ran.push(
        candidate.kind === "folder"
          ? await filesOfFolder(candidate, subjects, failures)
          : await runCandidate(candidate, subjects, join(folder, String(ran.length)), options, failures, progress),
      );
    }
    const outcomes = await measureAll(subjects, ran, options, progress);
    if (signal.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.");
    failures.push(...outcomes.flatMap((outcome) => outcome.failures));
    const methods = ran.map(({ run }) => ({
      ...run,
      images: outcomes.flatMap(({ images }) =>
        images.flatMap(({ method, image }) => (method === run.method ? image : [])),
      ),
    }));
    const { kind, source } = data;
    return {
      evaluation: summarise({ kind, source, count: subjects.length, baseline: options.baseline, methods, failures }),
      photos: outcomes.filter(({ pictures }) => pictures.length > 0),
    };
  } finally {
    progress.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function subjectsOf({ kind, source, split }: EvaluateOptions["data"], failures: Failure[]): Promise<Subject[]> {
  if (kind === "photos") {
    const photos = [...(await photosByName(source))].map(([name, original]) => ({ name, original }));
    return photos;
  }
  const found = await findPairs(source, split);
  failures.push(...found.failures.map(({ file, error: { code, message } }) => ({ file, code, message })));
  const taken = new Set<string>();
  return found.pairs.map(({ name, low, normal }) => {
    // Photos of several folders may share a name: the results must not.
    const own = taken.has(name) ? low : name;
    taken.add(own);
    return { name: own, original: low, reference: normal };
  });
}

async function filesOfFolder(
  { label, folder }: Extract<Candidate, { kind: "folder" }>,
  subjects: readonly Subject[],
  failures: Failure[],
): Promise<Ran> {
  const photos = await photosByName(folder);
  const files = new Map<string, ResultFile>();
  for (const { name, original } of subjects) {
    const file = photos.get(name);
    if (file) files.set(name, { method: label, file });
    else {
      const message = `${join(folder, name)}: no result of that name for ${original}.`;
      failures.push({ file: join(folder, name), method: label, code: "not-found", message });
    }
  }
  return { run: { method: label }, files };
}

async function runCandidate(
  { label, engine }: Extract<Candidate, { kind: "engine" }>,
  subjects: readonly Subject[],
  folder: string,
  { networks, maxMegapixels, atReferenceLight, signal }: EvaluateOptions,
  failures: Failure[],
  progress: Progress,
): Promise<Ran> {
  const photos = subjects.map(
    ({ original, reference }, i): RunPhoto => ({
      input: original,
      output: `${folder}-${i}.png`,
      ...(atReferenceLight && reference && { atReferenceLight: { reference, output: `${folder}-${i}-relit.png` } }),
    }),
  );
  const outcome = await runMethod({ label, engine, ...networks, photos, maxMegapixels }, signal, () =>
    progress.step(label),
  );
  const files = new Map<string, ResultFile>();
  let megapixels = 0;
  for (const [i, { name, original }] of subjects.entries()) {
    const [photo, result] = [photos[i], outcome.photos[i]];
    if (!photo || !result) continue;
    if ("code" in result) failures.push({ file: original, method: label, code: result.code, message: result.message });
    else {
      megapixels += result.megapixels;
      const atReferenceLight = result.hasReferenceLight ? photo.atReferenceLight?.output : undefined;
      files.set(name, { method: label, file: photo.output, atReferenceLight, seconds: result.seconds });
    }
  }
  const { peakMemoryBytes } = outcome;
  return { run: { method: label, megapixels, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }) }, files };
}

async function measureAll(
  subjects: readonly Subject[],
  ran: readonly Ran[],
  { models, withPreviews, maxMegapixels, signal }: EvaluateOptions,
  progress: Progress,
): Promise<MeasureOutcome[]> {
  const pool = new Piscina<MeasureJob, MeasureOutcome>({
    filename: new URL("./measure-worker.js", import.meta.url).href,
    name: "measureOnWorker",
    maxThreads: Math.min(availableParallelism(), subjects.length),
  });
  const gate = new MemoryGate(process.availableMemory());
  // One listener for all photos: hundreds of runs with the signal would each add one.
  const stop = () => void pool.destroy();
  signal.addEventListener("abort", stop);
  const shown = evenlySpread(subjects.length, withPreviews ? previews.count : 0);
  try {
    return await Promise.all(
      subjects.map(async ({ name, original, reference }, i) => {
        const leave = await gate.enter((await peekPixelCount(original)) ?? 0);
        try {
          const results = ran.flatMap(({ files }) => files.get(name) ?? []);
          const previewSide = shown.has(i) ? previews.side : undefined;
          const job = { name, original, reference, results, models, previewSide, maxMegapixels };
          return await pool.run(job);
        } finally {
          leave();
          progress.step("measuring");
        }
      }),
    );
  } catch (error) {
    if (signal.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.", { cause: error });
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await pool.destroy();
  }
}

/** Indices of `count` out of `of` things, evenly spread. */
function evenlySpread(of: number, count: number): Set<number> {
  const kept = Math.min(of, count);
  return new Set(Array.from({ length: kept }, (_, i) => Math.floor((i * of) / kept)));
}
