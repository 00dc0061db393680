import { createRandom } from "@kindling/core";
import type { Weight } from "@kindling/nets";
import type { PhotoSource } from "../data/photo-source.ts";
import { readRunCheckpoint } from "./checkpoint.ts";
import { chooseSchedule } from "./choose-schedule.ts";
import { chooseHooks } from "./hooks/choose-hooks.ts";
import { type OpenStage, openStage, requireFinite } from "./open-stage.ts";
import { planStageData } from "./plan-stage-data.ts";
import { settleWeights } from "./stage-tensors.ts";
import type { StepRunner } from "./step-runner.ts";
import type { TakenStep, TrainingHook } from "./training-hook.ts";
import { extendPlan, type PlannedStage, type TrainingPlan } from "./training-plan.ts";
import type { TrainingSetting } from "./training-setting.ts";
import { readValidationPairs } from "./validation.ts";

/**
 * Trains the stages of a plan one after the other, or continues a run.
 *
 * Batch, rate and random numbers of a step depend on the seed and the step alone, and the state holds everything else: a run
 * that was stopped and resumed equals one that was not.
 *
 * @returns true when the training is complete; false where the signal stopped it.
 * @throws {KindlingError} before the first step, for data, weights or a run that cannot be used; `invalid-model` where a loss
 * or a weight is infinite or not a number, naming the step, the term and the last checkpoint; errors of the store.
 * @example
 * const plan = await planTraining(recipe, { pairs: ["lol"], steps: 1000 }, source);
 * const isComplete = await train(plan, { store, photos: source, runtime, signal });
 */
export async function train(planned: TrainingPlan, setting: TrainingSetting): Promise<boolean> {
  const { store, photos, features, report, signal, runtime } = setting;
  const checkpoint = setting.resume ? await readRunCheckpoint(store) : undefined;
  const plan = extendPlan(planned, checkpoint?.stage, setting.extend ?? 0);
  const stages = plan.stages.filter(({ index }) => index >= (checkpoint?.stage ?? 0));

  // Faults of the data should show now, not after hours.
  const pairs = plan.validation ? await readValidationPairs(photos, plan.validation, plan.options) : [];
  await checkLargestCrop(plan, stages, photos, signal);
  await store.removeAbandoned();

  const hooks = chooseHooks(plan, pairs, setting);
  try {
    for (const hook of hooks) await hook.beginRun?.(checkpoint);
    let weights = setting.weights ?? new Map<string, Weight>();
    let isFinished = true;
    for (const next of stages) {
      const stage = openStage(plan, next, { checkpoint, weights, features, store, runtime });
      if (stage.taken < stage.settings.steps) await takeSteps(stage, plan, hooks, setting);
      for (const hook of hooks) await hook.endStage?.(stage);
      isFinished = stage.taken === stage.settings.steps;
      if (!isFinished) break;
      weights = settleWeights(stage.weights, await stage.readState());
    }
    for (const hook of hooks) await hook.endRun?.(isFinished ? "finished" : "stopped");
    report?.({ event: "end", finished: isFinished, out: store.place });
    return isFinished;
  } catch (error) {
    // Otherwise the report would show a running training. Errors of these calls matter less than the first one.
    for (const hook of hooks) await (async () => hook.endRun?.("failed"))().catch(() => undefined);
    throw error;
  }
}

/** Takes the steps of a stage, until its end or until the signal aborts. */
async function takeSteps(
  stage: OpenStage,
  plan: TrainingPlan,
  hooks: readonly TrainingHook[],
  { store, photos, report, signal }: TrainingSetting,
): Promise<void> {
  const { seed, schedule, warmUp, validateEvery } = plan.options;
  const { name } = stage.stage;
  const { steps } = stage.settings;
  const rateAt = chooseSchedule(stage.stage, schedule, { ...stage.settings, warmUp });
  const batches = await photos.openBatches(planStageData(plan, stage), { signal });
  const runners: StepRunner[] = [];
  try {
    report?.({ event: "checked", photos: batches.summary.photos, items: batches.summary.items });
    report?.({ event: "stage", stage: name, from: stage.taken, steps });
    for (const step of stage.built.steps) runners.push(await stage.openRunner(step));
    for (const hook of hooks) await hook.beginStage?.(stage);

    while (stage.taken < steps && !signal?.aborted) {
      for (const hook of hooks) await hook.beginStep?.(stage);
      const batch = await batches.batch(stage.taken).catch((error: unknown) => {
        if (signal?.aborted) return undefined;
        throw error;
      });
      if (!batch) break;
      const rate = rateAt(stage.taken);
      const random = createRandom(seed, `${name}, step ${stage.taken}`);
      const reported = await stage.built.take(runners, batch, rate, random);
      batches.recycle(batch);
      stage.taken++;
      requireFinite(stage, reported, "the loss's term", store);

      const terms = Object.fromEntries(Object.entries(reported).map(([term, { values }]) => [term, values[0]]));
      const isReportDue = stage.taken % validateEvery === 0 || stage.taken === steps;
      const step: TakenStep = { terms, rate, isReportDue, row: { ...terms, "learning-rate": rate } };
      for (const hook of hooks) await hook.endStep?.(stage, step);
    }
    await stage.readState();
  } finally {
    await batches.close();
    stage.leaveDevice();
    for (const runner of runners) await runner.dispose();
  }
}

/** Checks the photos against the largest crop of all coming stages, so that a later stage does not fail after days. */
async function checkLargestCrop(
  plan: TrainingPlan,
  stages: readonly PlannedStage[],
  photos: PhotoSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [first] = stages;
  const [largest] = [...stages].sort((a, b) => b.settings.cropPx - a.settings.cropPx);
  if (!first || !largest || largest.settings.cropPx === first.settings.cropPx) return;
  const batches = await photos.openBatches(planStageData(plan, largest), { signal, budgetBytes: 0 });
  await batches.close();
}
