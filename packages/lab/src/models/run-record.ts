import { parseMetrics } from "../training/metrics-log.ts";
import type { SettingValue } from "../training/recipe-settings.ts";
import { parseRunSettings } from "../training/run-settings.ts";
import type { CardRun } from "./model-card.ts";
import { removeFolders } from "./remove-folders.ts";

/** What a run's settings say of the weights that it left. */
export interface RunRecord {
  readonly network: string | undefined;
  /** Unchecked settings of the recipe, for `completeSettings`. */
  readonly set: Readonly<Record<string, SettingValue>>;
  /** The sets of photographs that it learnt from, by the last part of their paths. */
  readonly photos: readonly string[];
}

/**
 * Reads what a run's settings say of its weights.
 *
 * @param text of its `run.yaml`.
 * @param file names it in errors.
 * @throws {KindlingError} `invalid-option` where the text is not YAML.
 */
export function parseRunRecord(text: string, file: string): RunRecord {
  const settings = parseRunSettings(text, file) as Readonly<Record<string, unknown>>;
  const { network, set, pairs, dark, normal } = settings;
  const paths = [pairs, dark, normal].flat().filter((path) => typeof path === "string");
  return {
    network: typeof network === "string" ? network : undefined,
    set: typeof set === "object" && set !== null ? (set as RunRecord["set"]) : {},
    photos: paths.map((path) => path.replace(/[\\/]+$/, "").replace(/^.*[\\/]/, "")),
  };
}

/**
 * Describes a run for the card of its weights: its settings, and the steps of each stage.
 *
 * @param settings text of its `run.yaml`.
 * @param metrics text of its `metrics.csv`.
 */
export function describeRun(settings: string, metrics: string): CardRun {
  const { rows } = parseMetrics(metrics);
  const steps = Object.fromEntries(rows.map(({ stage, step }) => [stage, step]));
  return { steps, config: removeFolders(settings) };
}
