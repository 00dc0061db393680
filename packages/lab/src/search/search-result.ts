import type { SearchPlan } from "./plan-search.ts";
import type { Trial } from "./search-grid.ts";
import type { SearchMeasure, TrialValidation } from "./trial-record.ts";

/**
 * What has become of a trial: not begun; under way, or stopped before its round was done; dropped after a round, being
 * among the worse; its loss or a weight became no number; trained to its end.
 */
export type TrialState = "waiting" | "begun" | "dropped" | "failed" | "trained";

/** A trial with its outcome. */
export interface TrialResult extends Trial {
  readonly state: TrialState;
  /** Rounds that it has completed. */
  readonly rounds: number;
  /** Steps of its last stage that are done. */
  readonly step: number;
  /** Learnt parameters of its network. */
  readonly parameters: number;
  readonly validations: readonly TrialValidation[];
  /** Why it failed. */
  readonly message?: string;
}

/** The outcome of a search so far. */
export interface SearchResult {
  readonly network: string;
  /** The settings that vary. */
  readonly axes: readonly string[];
  readonly by: SearchMeasure;
  /** From the best to the worst: those that came farther first, then by the measure. */
  readonly trials: readonly TrialResult[];
  readonly isFinished: boolean;
}

/** Every trial before it is begun. */
export function waitingTrials({ trials }: SearchPlan): TrialResult[] {
  return trials.map(({ name, values, parameters }) => ({
    ...{ name, values, parameters, validations: [] },
    ...{ state: "waiting", rounds: 0, step: 0 },
  }));
}

/** The last validation of a trial, which it is compared by; of those up to `step`, where it is given. */
export function lastValidation(
  { validations }: Pick<TrialResult, "validations">,
  step = Number.POSITIVE_INFINITY,
): TrialValidation | undefined {
  return validations.findLast((validation) => validation.step <= step);
}

/**
 * Sorts trials from the best to the worst: those that completed more rounds first, then by the last validation; trials
 * that failed come last.
 *
 * @param step of that validation at most; default any.
 */
export function rankTrials(trials: readonly TrialResult[], by: SearchMeasure, step?: number): TrialResult[] {
  const scoreOf = (trial: TrialResult) => lastValidation(trial, step)?.[by] ?? Number.NEGATIVE_INFINITY;
  const compare = (a: number, b: number) => (a === b ? 0 : b - a);
  return trials.toSorted(
    (a, b) =>
      Number(a.state === "failed") - Number(b.state === "failed") ||
      compare(a.rounds, b.rounds) ||
      compare(scoreOf(a), scoreOf(b)),
  );
}
