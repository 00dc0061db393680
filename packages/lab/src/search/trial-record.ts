import { checkpointFile, readRunCheckpoint } from "../training/checkpoint.ts";
import { metricsFile, parseMetrics } from "../training/metrics-log.ts";
import type { TrainingRecipe } from "../training/recipe.ts";
import type { RunStore } from "../training/run-store.ts";

/** What trials are compared by: means over the validation pairs. */
export type SearchMeasure = "psnr" | "ssim" | "gtMeanPsnr" | "gtMeanSsim";

/** The columns of the measures in a run's metrics. */
const columns: Readonly<Record<SearchMeasure, string>> = {
  psnr: "validation-psnr",
  ssim: "validation-ssim",
  gtMeanPsnr: "validation-gt-mean-psnr",
  gtMeanSsim: "validation-gt-mean-ssim",
};

/** What trials can be compared by. */
export const searchMeasures = Object.keys(columns) as [SearchMeasure, ...SearchMeasure[]];

/** A validation of a trial's training. */
export interface TrialValidation extends Readonly<Record<SearchMeasure, number>> {
  readonly stage: string;
  /** Counts from 1 within the stage. */
  readonly step: number;
}

/** How far a trial's training has come. */
export interface TrialRecord {
  /** The stage that it is in. */
  readonly stage: string;
  /** Steps of this stage that are done and saved. */
  readonly step: number;
  /** Validations up to there. */
  readonly validations: readonly TrialValidation[];
}

/**
 * Reads how far a run has come; undefined where it has no checkpoint.
 *
 * @throws {KindlingError} `invalid-model` where the checkpoint is none; `unreadable`.
 */
export async function readTrialRecord(store: RunStore, recipe: TrainingRecipe): Promise<TrialRecord | undefined> {
  if ((await store.read(checkpointFile)) === undefined) return undefined;
  const { stage: index, step } = await readRunCheckpoint(store);
  const stages = recipe.stages.map(({ name }) => name);
  const metrics = await store.read(metricsFile);
  const { rows } = parseMetrics(metrics ? new TextDecoder().decode(metrics) : "");
  const saved = rows.filter((row) => {
    const place = stages.indexOf(row.stage);
    return place < index || (place === index && row.step <= step);
  });
  const validations = saved
    .filter(({ values }) => values[columns.psnr] !== undefined)
    .map(({ stage, step: at, values }) => {
      const measures = searchMeasures.map((name) => [name, values[columns[name]]]);
      return { stage, step: at, ...Object.fromEntries(measures) } as TrialValidation;
    });
  return { stage: stages[index] ?? "", step, validations };
}
