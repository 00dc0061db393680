import type { ErrorCode } from "@kindling/core";
import type { Candidate, EngineCandidate, FolderCandidate } from "./candidate.ts";
import { type Evaluation, type Failure, type MethodRun, summarise } from "./evaluation.ts";
import type { LabelledPicture, MeasuredPhoto, PhotoResults, ResultFile } from "./measure-photo.ts";
import type { Subject } from "./subject.ts";

/** A report shows at most this many photos, with this longer side; such a page has about 15 MB. */
const previews = { count: 24, sidePx: 640 } as const;

/** The candidates and photos of an evaluation. */
export interface EvaluationPlan {
  readonly candidates: readonly Candidate[];
  /** Label of the candidate that the others are compared with. */
  readonly baseline: string;
  readonly kind: Evaluation["kind"];
  /** The name that the person gave for the data. */
  readonly source: string;
  readonly subjects: readonly Subject[];
  /** Photos that were not found; they become failures of the evaluation. */
  readonly failures: readonly Failure[];
  /** Methods that were measured before on the same photos: candidates of these names are not run again. */
  readonly known?: KnownMeasures | undefined;
  /** Whether to make pictures for a report. */
  readonly withPreviews: boolean;
}

/** What an earlier evaluation measured. */
export interface KnownMeasures extends Pick<Evaluation, "failures"> {
  readonly methods: readonly MethodRun[];
}

/** The result of an engine on one photo: its files and figures, or the failure. */
export type EngineResult =
  | {
      readonly file: string;
      readonly atReferenceLight?: string | undefined;
      /** Seconds of the method alone, without reading and writing files. */
      readonly seconds: number;
      readonly megapixels: number;
    }
  | { readonly code: ErrorCode; readonly message: string };

/** The results of an engine. */
export interface EngineRun {
  /** In the order of the subjects. */
  readonly photos: readonly EngineResult[];
  /** Largest resident memory of the process that ran the engine. */
  readonly peakMemoryBytes?: number;
}

/** What the evaluation needs from the machine: a port, which `@kindling/node/lab` implements. */
export interface EvaluationPorts {
  /** Runs an engine on the photo of every subject. */
  runEngine(candidate: EngineCandidate, subjects: readonly Subject[]): Promise<EngineRun>;
  /** Lists the result files in a folder, by the names of their photos. */
  listResults(folder: string): Promise<ReadonlyMap<string, string>>;
  /** Measures all results of all photos (`measurePhoto`), in any order; returns them in the order of `photos`. */
  measurePhotos(photos: readonly PhotoResults[]): Promise<readonly MeasuredPhoto[]>;
}

/** The pictures of a photo for the report. */
export interface PhotoPictures {
  readonly name: string;
  readonly pictures: readonly LabelledPicture[];
}

/** An evaluation and the pictures of its report. */
export interface EvaluationOutcome {
  readonly evaluation: Evaluation;
  readonly photos: readonly PhotoPictures[];
}

/** The result files of a candidate by the names of their photos. */
interface CandidateResults {
  /** With its images where these were measured before. */
  readonly run: Omit<MethodRun, "images"> & Partial<Pick<MethodRun, "images">>;
  readonly files: ReadonlyMap<string, ResultFile>;
  readonly failures: readonly Failure[];
}

/**
 * Runs every candidate on every photo and measures the results. The engines run one after the other, and before anything is
 * measured, so that nothing else uses the processor while they are timed.
 *
 * @throws whatever the ports throw; failures of single photos are part of the evaluation.
 */
export async function evaluateCandidates(
  { candidates, baseline, kind, source, subjects, failures: notFound, known, withPreviews }: EvaluationPlan,
  ports: EvaluationPorts,
): Promise<EvaluationOutcome> {
  const found: CandidateResults[] = [];
  for (const candidate of candidates) {
    const before = collectKnown(candidate, known);
    if (before) found.push(before);
    else
      found.push(
        candidate.kind === "folder"
          ? collectFolder(candidate, subjects, await ports.listResults(candidate.folder))
          : collectRun(candidate, subjects, await ports.runEngine(candidate, subjects)),
      );
  }
  const shown = spreadEvenly(subjects.length, withPreviews ? previews.count : 0);
  const measured = await ports.measurePhotos(
    subjects.map((subject, i) => ({
      ...subject,
      results: found.flatMap(({ files }) => files.get(subject.name) ?? []),
      previewSidePx: shown.has(i) ? previews.sidePx : undefined,
    })),
  );
  const methods = found.map(({ run }) => ({
    ...run,
    images:
      run.images ??
      measured.flatMap(({ images }) => images.flatMap(({ method, image }) => (method === run.method ? image : []))),
  }));
  const failures = [...notFound, ...[...found, ...measured].flatMap((part) => part.failures)];
  return {
    evaluation: summarise({ kind, source, count: subjects.length, baseline, methods, failures }),
    photos: measured.filter(({ pictures }) => pictures.length > 0),
  };
}

function collectKnown({ label }: Candidate, known: KnownMeasures | undefined): CandidateResults | undefined {
  const run = known?.methods.find(({ method }) => method === label);
  if (!known || !run) return undefined;
  return { run, files: new Map(), failures: known.failures.filter(({ method }) => method === label) };
}

function collectFolder(
  { label, folder }: FolderCandidate,
  subjects: readonly Subject[],
  photos: ReadonlyMap<string, string>,
): CandidateResults {
  const files = new Map<string, ResultFile>();
  const failures: Failure[] = [];
  for (const { name, original } of subjects) {
    const file = photos.get(name);
    const expected = `${folder}/${name}`;
    const message = `${expected}: no result of that name for ${original}.`;
    if (file === undefined) failures.push({ file: expected, method: label, code: "not-found", message });
    else files.set(name, { method: label, file });
  }
  return { run: { method: label }, files, failures };
}

function collectRun(
  { label }: EngineCandidate,
  subjects: readonly Subject[],
  { photos, peakMemoryBytes }: EngineRun,
): CandidateResults {
  const files = new Map<string, ResultFile>();
  const failures: Failure[] = [];
  let megapixels = 0;
  for (const [i, { name, original }] of subjects.entries()) {
    const result = photos[i];
    if ("code" in result) {
      failures.push({ file: original, method: label, code: result.code, message: result.message });
      continue;
    }
    const { file, atReferenceLight, seconds } = result;
    megapixels += result.megapixels;
    files.set(name, { method: label, file, atReferenceLight, seconds });
  }
  return {
    run: { method: label, megapixels, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }) },
    files,
    failures,
  };
}

/** Chooses `count` of `total` indices, evenly spread. */
function spreadEvenly(total: number, count: number): Set<number> {
  const kept = Math.min(total, count);
  return new Set(Array.from({ length: kept }, (_, i) => Math.floor((i * total) / kept)));
}
