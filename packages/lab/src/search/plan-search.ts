import { KindlingError } from "@kindling/core";
import type { PhotoSource } from "../data/photo-source.ts";
import { formOfSettings } from "../models/choose-form.ts";
import { countLearntParameters } from "../models/count-learnt-parameters.ts";
import type { System } from "../system.ts";
import { planTraining, type TrainingOptions, type TrainingPlan, trainingDefaults } from "../training/training-plan.ts";
import { planRounds, type SearchRound } from "./plan-rounds.ts";
import { listTrials, type Trial } from "./search-grid.ts";
import type { SearchSettings } from "./search-settings.ts";
import { trialOptions } from "./trial-options.ts";

/** A trial with its training. */
export interface PlannedTrial extends Trial {
  readonly options: Partial<TrainingOptions>;
  readonly plan: TrainingPlan;
  /** Learnt parameters of the network that it trains. */
  readonly parameters: number;
}

/** All settings of a search, complete and checked. */
export interface SearchPlan {
  readonly system: System;
  readonly settings: SearchSettings;
  readonly trials: readonly PlannedTrial[];
  readonly rounds: readonly SearchRound[];
}

/**
 * Plans a search: the training of every trial, and the rounds.
 *
 * @throws {KindlingError} `invalid-option` for settings or options that do not fit the system, for a search without
 * validation, and for one that halves over several stages or different numbers of steps; what `planTraining` throws.
 */
export async function planSearch(
  system: System,
  settings: SearchSettings,
  photos: Pick<PhotoSource, "locate">,
): Promise<SearchPlan> {
  const { grid, halve, options: shared } = settings;
  const { recipe } = system;
  if (shared.validate === undefined) {
    throw new KindlingError(
      "invalid-option",
      "--validate: expected pairs to compare the trainings by, such as a split.",
    );
  }
  const listed = listTrials(grid);
  const makePlan = async (trial: Trial, more: Partial<TrainingOptions> = {}): Promise<PlannedTrial> => {
    const options = { ...trialOptions(recipe, shared, trial), ...more };
    const plan = await planTraining(recipe, options, photos);
    const parts = Object.values(formOfSettings(system, plan.settings).parts);
    const parameters = countLearntParameters(parts.map(({ network }) => network.build()));
    return { ...trial, options, plan, parameters };
  };
  const trials = await Promise.all(listed.map((trial) => makePlan(trial)));
  if (!halve) return { system, settings, trials, rounds: [{ trials: trials.length }] };

  const rounds = planRounds(trials.length, requireEqualSteps(trials));
  const first = rounds[0]?.steps;
  const { validateEvery = trainingDefaults.validateEvery } = shared;
  if (first === undefined || first % validateEvery === 0) return { system, settings, trials, rounds };
  // Every round ends with a validation.
  const halved = await Promise.all(listed.map((trial) => makePlan(trial, { validateEvery: first })));
  return { system, settings, trials: halved, rounds };
}

/** The steps of all trials, which must have one stage and equally many. */
function requireEqualSteps(trials: readonly PlannedTrial[]): number {
  const [first, ...others] = trials.map(({ plan }) => plan);
  const [stage, second] = first?.stages ?? [];
  if (!first || !stage) throw new KindlingError("internal", "A search without trainings.");
  if (second) {
    const { network } = first.recipe;
    throw new KindlingError("invalid-option", `--halve: ${network} has several stages. Choose one by --stage.`);
  }
  if (others.some(({ stages }) => stages[0]?.settings.steps !== stage.settings.steps)) {
    throw new KindlingError(
      "invalid-option",
      "--halve: the trainings have different steps. Leave steps out of --grid.",
    );
  }
  return stage.settings.steps;
}
