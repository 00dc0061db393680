import { csvTable } from "../csv-table.ts";
import { metricOf } from "../evaluation/metric-table.ts";
import { withUnit } from "../evaluation/number-words.ts";
import { markdownTable } from "../markdown-table.ts";
import { formatSettingValue } from "../training/recipe-settings.ts";
import { lastValidation, type SearchResult, type TrialResult, type TrialState } from "./search-result.ts";
import { searchMeasures } from "./trial-record.ts";

/** The states of trials in words. */
export const stateWords: Readonly<Record<TrialState, string>> = {
  waiting: "not begun",
  begun: "under way",
  dropped: "dropped",
  failed: "failed",
  trained: "trained",
};

/**
 * Formats a search as CSV (RFC 4180): a row for each trial, the best first, with the measures of its last validation in full
 * precision.
 */
export function searchCsv({ axes, trials }: SearchResult): string {
  const head = ["place", "trial", ...axes, "parameters", "state", "rounds", "step", ...searchMeasures];
  const rows = trials.map((trial, i) => {
    const { name, parameters, state, rounds, step } = trial;
    const last = lastValidation(trial);
    const measures = searchMeasures.map((measure) => last?.[measure] ?? "");
    return [i + 1, name, ...valuesOf(trial, axes), parameters, state, rounds, step, ...measures];
  });
  return csvTable(head, rows);
}

/** Formats a search as a Markdown table, the best trial first. */
export function searchMarkdown({ axes, trials }: SearchResult): string {
  const measures = searchMeasures.map(metricOf);
  const head = ["place", ...axes, "parameters", "steps", ...measures.map(withUnit), "state"];
  const rows = trials.map((trial, i) => {
    const last = lastValidation(trial);
    const figures = searchMeasures.map((name, k) => last?.[name].toFixed(measures[k]?.decimals) ?? "–");
    const counts = [trial.parameters, trial.step].map((count) => count.toLocaleString("en"));
    return [String(i + 1), ...valuesOf(trial, axes), ...counts, ...figures, stateWords[trial.state]];
  });
  return markdownTable(head, rows, "right", "aligned");
}

/** The values of a trial as people type them, in the order of the axes. */
export function valuesOf({ values }: Pick<TrialResult, "values">, axes: readonly string[]): string[] {
  return axes.map((axis) => formatSettingValue(values[axis] ?? ""));
}
