import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Device } from "@kindling/core";
import {
  type Candidate,
  type EngineCandidate,
  type EvaluationOutcome,
  type EvaluationPlan,
  evaluateCandidates,
  type KnownMeasures,
  knownMeasures,
  parseEvaluation,
  type Subject,
  spreadEvenly,
  subjectsOfPairs,
} from "@kindling/lab/internal";
import { readError } from "../../photo/file-errors.ts";
import { findPairs } from "../pairs/find-pairs.ts";
import { measurePhotos } from "./measure-photos.ts";
import { loadMetricModels, type MetricModelFiles } from "./metric-models.ts";
import { photosByName } from "./photos-by-name.ts";
import { runEngine } from "./run-engine.ts";

/** The candidates, photos and models of an evaluation. */
export interface EvaluateOptions {
  /** From `parseCandidates`. */
  readonly candidates: readonly Candidate[];
  /** Label of the candidate that the others are compared with. */
  readonly baseline: string;
  /** The photos: a data set of pairs, of which `split` selects a part, or a folder of photos without references. */
  readonly data: {
    readonly kind: "pairs" | "photos";
    readonly source: string;
    readonly split?: string | undefined;
    /** Pairs or photos at most, evenly spread; default all. */
    readonly count?: number | undefined;
  };
  /**
   * What `kindling evaluate --json` printed for the same photos: methods that it has are taken from there, and do not run
   * again.
   */
  readonly known?: string | undefined;
  /** Whether methods also run at the reference's own light level. */
  readonly atReferenceLight: boolean;
  readonly networks: {
    /** Where networks and ONNX models run. */
    readonly device: Device;
    /** Folder of models; default the installed ones. */
    readonly models?: string | undefined;
    /** Memory that a network may use; default as for `openEnhancer`. */
    readonly maxMemoryBytes?: number | undefined;
  };
  /** Models of metrics. */
  readonly models: MetricModelFiles;
  /** Whether to make pictures for a report. */
  readonly withPreviews: boolean;
  /** Larger photos fail. */
  readonly maxMegapixels: number;
  readonly signal: AbortSignal;
  /** Called after each photo of each engine and each measured photo, with the engine's label or `measuring`. */
  readonly onProgress?: (done: number, total: number, doing: string) => void;
}

/**
 * Runs every candidate on every photo, each method or model in a process of its own, and measures the results on all cores.
 *
 * @throws {KindlingError} for data that cannot be found, a model that cannot be read, and `cancelled`. Failures of single
 * photos are part of the evaluation.
 * @example
 * const candidates = await parseCandidates(["kind", "lime:gamma=0.8", "results-of-others"]);
 * const data = { kind: "pairs", source: "lol", split: "val" } as const;
 * const options = { atReferenceLight: false, models: {}, withPreviews: true, maxMegapixels: 200, signal };
 * const networks = { device: "cpu" } as const;
 * const { evaluation } = await evaluate({ candidates, baseline: "kind", data, networks, ...options });
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationOutcome> {
  const { candidates, baseline, data, networks, models, withPreviews, maxMegapixels, signal, onProgress } = options;
  const { subjects, failures } = await findSubjects(data);
  // Loaded here too, so that a wrong file fails before anything runs.
  await (await loadMetricModels(models)).lpipsModel?.backbone.dispose();
  const known = await readKnown(options.known, subjects);
  const isKnown = ({ label }: Candidate) => known?.methods.some(({ method }) => method === label);
  const engines = candidates.filter((candidate) => candidate.kind === "engine" && !isKnown(candidate));
  const total = (engines.length + 1) * subjects.length;
  let done = 0;
  const step = (doing: string) => onProgress?.(++done, total, doing);
  onProgress?.(done, total, "");
  const folder = await mkdtemp(join(tmpdir(), "kindling-evaluate-"));
  const run = ({ label, engine }: EngineCandidate) => {
    const output = join(folder, String(candidates.findIndex((candidate) => candidate.label === label)));
    const photos = subjects.map(({ original, reference }, i) => ({
      input: original,
      output: `${output}-${i}.png`,
      ...(options.atReferenceLight &&
        reference && { atReferenceLight: { reference, output: `${output}-${i}-relit.png` } }),
    }));
    return runEngine({ label, engine, ...networks, photos, maxMegapixels }, signal, () => step(label));
  };
  try {
    const { kind, source } = data;
    return await evaluateCandidates(
      { candidates, baseline, kind, source, subjects, failures, known, withPreviews },
      {
        runEngine: run,
        listResults: photosByName,
        measurePhotos: (photos) => measurePhotos(photos, { models, maxMegapixels }, signal, () => step("measuring")),
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readKnown(file: string | undefined, subjects: readonly Subject[]): Promise<KnownMeasures | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((cause) => {
    throw readError(file, cause);
  });
  return knownMeasures(parseEvaluation(text, file), new Set(subjects.map(({ name }) => name)), file);
}

async function findSubjects({
  kind,
  source,
  split,
  count = Number.POSITIVE_INFINITY,
}: EvaluateOptions["data"]): Promise<Pick<EvaluationPlan, "failures"> & { readonly subjects: Subject[] }> {
  if (kind === "photos") {
    const photos = await photosByName(source);
    const all = [...photos].map(([name, original]) => ({ name, original }));
    return { subjects: spreadEvenly(all, count), failures: [] };
  }
  const { pairs, failures } = await findPairs(source, split);
  return {
    subjects: spreadEvenly(subjectsOfPairs(pairs), count),
    failures: failures.map(({ file, error: { code, message } }) => ({ file, code, message })),
  };
}
