import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateCandidates } from "@kindling/lab";
import {
  type EngineCandidate,
  type EvaluationOutcome,
  type EvaluationPlan,
  type Subject,
  subjectsOfPairs,
} from "@kindling/lab/internal";
import { findPairs } from "../pairs/find-pairs.ts";
import { measurePhotos } from "./measure-photos.ts";
import { loadMetricModels, type MetricModelFiles } from "./metric-models.ts";
import { photosByName } from "./photos-by-name.ts";
import { runEngine } from "./run-engine.ts";
import type { RunJob } from "./run-job.ts";

/** What to evaluate, and on which photos. */
export interface EvaluateOptions {
  /** From `parseCandidates`. */
  readonly candidates: EvaluationPlan["candidates"];
  /** Label of the candidate that the others are compared with. */
  readonly baseline: string;
  readonly data: { readonly kind: "pairs" | "photos"; readonly source: string; readonly split?: string | undefined };
  /** Whether methods also run with the reference's own light level. */
  readonly atReferenceLight: boolean;
  /** Where networks and ONNX models run, and how much memory they may use. */
  readonly networks: Pick<RunJob, "device" | "models" | "maxMemoryBytes">;
  readonly models: MetricModelFiles;
  /** Whether to make pictures for a report. */
  readonly withPreviews: boolean;
  readonly maxMegapixels: number;
  readonly signal: AbortSignal;
  /** Called after each photo of each engine and each measured photo, with the engine's label or `measuring`. */
  readonly onProgress?: (done: number, total: number, doing: string) => void;
}

/**
 * Runs every candidate on every photo, each engine in a process of its own, and measures the results on all cores.
 *
 * @throws {KindlingError} for data that cannot be found, a model that cannot be read, and `cancelled`. Failures of single
 * photos are part of the evaluation.
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationOutcome> {
  const { candidates, baseline, data, networks, models, withPreviews, maxMegapixels, signal, onProgress } = options;
  const { subjects, failures } = await findSubjects(data);
  // Read once here, so that a file that is not a model is reported before anything runs.
  await (await loadMetricModels(models)).lpipsModel?.backbone.dispose();
  const total = (candidates.filter(({ kind }) => kind === "engine").length + 1) * subjects.length;
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
      { candidates, baseline, kind, source, subjects, failures, withPreviews },
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

async function findSubjects({
  kind,
  source,
  split,
}: EvaluateOptions["data"]): Promise<Pick<EvaluationPlan, "failures"> & { readonly subjects: Subject[] }> {
  if (kind === "photos") {
    const photos = await photosByName(source);
    return { subjects: [...photos].map(([name, original]) => ({ name, original })), failures: [] };
  }
  const { pairs, failures } = await findPairs(source, split);
  return {
    subjects: subjectsOfPairs(pairs),
    failures: failures.map(({ file, error: { code, message } }) => ({ file, code, message })),
  };
}
