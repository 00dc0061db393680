import { KindlingError } from "@kindling/core";
import type { SearchRound } from "./plan-rounds.ts";
import type { PlannedTrial, SearchPlan } from "./plan-search.ts";
import type { SearchEvent } from "./search-event.ts";
import { rankTrials, type SearchResult, type TrialResult, type TrialState, waitingTrials } from "./search-result.ts";
import type { TrialRecord } from "./trial-record.ts";

/** Trains trials: a port, which `@kindling/node/lab` implements by runs in folders. */
export interface TrialTrainer {
  /** Reads how far a trial has come; undefined where it is not begun. */
  read(trial: PlannedTrial): Promise<TrialRecord | undefined>;

  /**
   * Trains a trial from where it stopped.
   *
   * @param options.steps stop when so many steps are done, with a checkpoint; undefined for the whole training.
   * @param options.signal abort it to stop after the present step, with a checkpoint.
   * @throws {KindlingError} `invalid-model` where a loss or a weight becomes infinite or not a number; others for faults that
   * all trials share.
   */
  train(
    trial: PlannedTrial,
    options: {
      readonly steps: number | undefined;
      readonly signal: AbortSignal;
      readonly report: (event: SearchEvent) => void;
    },
  ): Promise<void>;
}

/** The surroundings of a search. */
export interface SearchSetting {
  readonly trainer: TrialTrainer;
  /** Number of trainings at the same time; default 1. */
  readonly jobs?: number | undefined;
  /** Keeps the outcome so far, such as in a report: called after every training of a round, one call at a time. */
  readonly save?: ((result: SearchResult) => Promise<void>) | undefined;
  /** Called with every event. */
  readonly report?: ((event: SearchEvent) => void) | undefined;
  /** Abort it to stop the trainings after their present step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a search, or continues it: trials that have done the steps of a round are not trained again. A trial that fails by
 * its own values is ranked last; any other error stops the search.
 *
 * @returns the outcome, unfinished where the signal stopped it.
 * @throws {KindlingError} errors of the trainer that are not those of one trial.
 */
export async function runSearch(plan: SearchPlan, setting: SearchSetting): Promise<SearchResult> {
  const { report = () => undefined, signal } = setting;
  const { grid, by, network } = plan.settings;
  const results = new Map(waitingTrials(plan).map((result) => [result.name, result]));
  const outcome = (isFinished: boolean): SearchResult => {
    const trials = rankTrials([...results.values()], by);
    return { network, axes: Object.keys(grid), by, trials, isFinished };
  };
  const saveInTurn = inTurn(async () => setting.save?.(outcome(false)));

  let entrants = plan.trials;
  for (const [index, round] of plan.rounds.entries()) {
    report({
      event: "round",
      round: index + 1,
      rounds: plan.rounds.length,
      trials: entrants.length,
      steps: round.steps,
    });
    let done = 0;
    await runRound(entrants, round, setting, async (trial, result) => {
      const rounds = index + (result.state === "begun" ? 0 : 1);
      const isLast = index === plan.rounds.length - 1;
      const state: TrialState = result.state === "trained" && !isLast ? "begun" : result.state;
      const settled = { ...trialFacts(trial), ...result, state, rounds };
      results.set(trial.name, settled);
      if (result.state !== "begun") report({ event: "trial", result: settled, done: ++done, trials: entrants.length });
      await saveInTurn();
    });
    if (signal?.aborted) break;
    if (index === plan.rounds.length - 1) return outcome(true);
    entrants = halve(entrants, results, plan, round);
  }
  return outcome(false);
}

type RoundOutcome = Pick<TrialResult, "step" | "validations"> & {
  /** `begun` where the signal stopped it before the end of the round. */
  readonly state: "begun" | "failed" | "trained";
  readonly message?: string;
};

/** Trains the trials of a round, several at the same time. An error of one that concerns all stops the others. */
async function runRound(
  trials: readonly PlannedTrial[],
  round: SearchRound,
  { trainer, jobs = 1, report = () => undefined, signal }: SearchSetting,
  settle: (trial: PlannedTrial, outcome: RoundOutcome) => Promise<void>,
): Promise<void> {
  const failing = new AbortController();
  const stopping = signal ? AbortSignal.any([signal, failing.signal]) : failing.signal;
  const waiting = [...trials];
  const work = async () => {
    for (let trial = waiting.shift(); trial && !stopping.aborted; trial = waiting.shift()) {
      await settle(trial, await trainTrial(trial, round, trainer, { signal: stopping, report }));
    }
  };
  const workers = Array.from({ length: Math.min(jobs, trials.length) }, () =>
    work().catch((error: unknown) => {
      failing.abort();
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(workers)).find((worker) => worker.status === "rejected");
  if (failed) throw failed.reason;
}

async function trainTrial(
  trial: PlannedTrial,
  { steps }: SearchRound,
  trainer: TrialTrainer,
  following: { readonly signal: AbortSignal; readonly report: (event: SearchEvent) => void },
): Promise<RoundOutcome> {
  const isDone = (record: TrialRecord | undefined) => {
    const last = trial.plan.stages.at(-1);
    return record?.stage === last?.stage.name && (record?.step ?? 0) >= (steps ?? last?.settings.steps ?? 0);
  };
  let record = await trainer.read(trial);
  let message: string | undefined;
  if (!isDone(record)) {
    try {
      await trainer.train(trial, { steps, ...following });
    } catch (error) {
      if (!(error instanceof KindlingError && error.code === "invalid-model")) throw error;
      message = error.message;
    }
    record = await trainer.read(trial);
  }
  const { step, validations } = record ?? { step: 0, validations: [] };
  if (message !== undefined) return { state: "failed", step, validations, message };
  return { state: isDone(record) ? "trained" : "begun", step, validations };
}

/** The better half of a round's trials, in their old order; the others are dropped. */
function halve(
  entrants: readonly PlannedTrial[],
  results: Map<string, TrialResult>,
  { settings }: SearchPlan,
  { steps }: SearchRound,
): PlannedTrial[] {
  const ranked = rankTrials(
    entrants.flatMap(({ name }) => results.get(name) ?? []),
    settings.by,
    steps,
  );
  const sound = ranked.filter(({ state }) => state !== "failed");
  const kept = new Set(sound.slice(0, Math.ceil(entrants.length / 2)).map(({ name }) => name));
  for (const result of sound) if (!kept.has(result.name)) results.set(result.name, { ...result, state: "dropped" });
  return entrants.filter(({ name }) => kept.has(name));
}

function trialFacts({ name, values, parameters }: PlannedTrial) {
  return { name, values, parameters };
}

/** Calls of a function one after the other, however many ask for one at the same time. */
function inTurn(run: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(run);
    return last;
  };
}
