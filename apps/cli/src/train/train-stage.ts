import { join } from "node:path";
import { chooseSchedule, openStepRunner, type StageSteps, type StepRunner, type TrainingState } from "@kindling/lab";
import type { Weight } from "@kindling/nets";
import { createRandom, KindlingError, type ModelTensors, type Runtime } from "@kindling/node";
import { openTrainingData } from "../training-data/open-training-data.ts";
import { checkpointFile, tensorsOf, writeCheckpoint } from "./checkpoint.ts";
import { dataPlanOf } from "./data-plan-of.ts";
import type { RunFolder } from "./run-folder.ts";
import { settledWeights } from "./stage-tensors.ts";
import type { PlannedStage, TrainingPlan } from "./training-plan.ts";
import type { TrainingReporter } from "./training-reporter.ts";
import { type ValidationPair, validate } from "./validation.ts";

/** What all stages of a run share. */
export interface RunContext {
  readonly plan: TrainingPlan;
  readonly runtime: Runtime;
  readonly folder: RunFolder;
  readonly pairs: readonly ValidationPair[];
  readonly reporter: TrainingReporter;
  readonly signal: AbortSignal;
}

/** A stage with its graphs, and where its training stands. */
export interface OpenStage extends PlannedStage {
  /** Which of the recipe's stages, from 0. */
  readonly index: number;
  readonly built: StageSteps;
  /** Weights from before the stage; those that it changes are in `state`. */
  readonly weights: ReadonlyMap<string, Weight>;
  readonly state: TrainingState;
  /** Steps that a resumed stage has behind it. */
  readonly taken: number | undefined;
}

/**
 * Trains a stage to its end, or until the signal is raised; either way what was learnt is saved.
 *
 * @returns whether it came to its end.
 * @throws {KindlingError} `invalid-model` where a loss or a weight is no number any more, naming the step, the term and
 * the last checkpoint; what is wrong with the data; what writing files throws.
 */
export async function trainStage(open: OpenStage, context: RunContext): Promise<boolean> {
  const { stage, settings, built, state, index } = open;
  const { plan, runtime, folder, reporter, signal } = context;
  const { device, threads, seed, validateEvery, checkpointMinutes, schedule, warmUp } = plan.options;
  const data = await openTrainingData(dataPlanOf(plan, open), { signal });
  const runners: StepRunner[] = [];
  try {
    const { photos, items } = data.summary;
    reporter.tell({ event: "checked", photos, items });
    const from = open.taken ?? 0;
    reporter.tell({ event: "stage", stage: stage.name, from, steps: settings.steps });
    for (const step of built.steps) {
      const fixed = new Map(
        step.graph.parameters.flatMap(({ path }) => (open.weights.has(path) ? [[path, open.weights.get(path)!]] : [])),
      );
      runners.push(await openStepRunner(runtime, step, fixed, state, { device, threads }));
    }
    const rateAt = chooseSchedule(stage, schedule, { ...settings, warmUp });
    let taken = from;
    let savedStep = from;
    let savedAt = performance.now();
    const save = async () => {
      requireNumbers(open, taken, Object.fromEntries(state), "the tensor", lastGood(folder, stage.name, savedStep));
      // Rows first: a resumed run finds every row from before its checkpoint.
      await folder.metrics.flush();
      await writeCheckpoint(folder.path, { stage: index, step: taken, tensors: tensorsOf(open.weights, state) });
      [savedStep, savedAt] = [taken, performance.now()];
      reporter.tell({ event: "saved", stage: stage.name, step: taken, file: join(folder.path, checkpointFile) });
    };

    // So that there is something to go on from, however soon it is stopped.
    if (open.taken === undefined) {
      await folder.writeConfig();
      await save();
    }
    const begunAt = performance.now();
    let validationMs = 0;
    while (taken < settings.steps && !signal.aborted) {
      const startedAt = performance.now();
      const batch = await data.batch(taken).catch((error: unknown) => {
        if (signal.aborted) return undefined;
        throw error;
      });
      if (!batch) break;
      const rate = rateAt(taken);
      const random = createRandom(seed, `${stage.name}, step ${taken}`);
      const reported = await built.take(runners, batch, rate, random);
      data.recycle(batch);
      taken++;
      requireNumbers(open, taken, reported, "the loss's term", lastGood(folder, stage.name, savedStep));
      const terms = Object.fromEntries(
        Object.entries(reported).map(([name, { values }]) => [name, values[0] ?? Number.NaN]),
      );
      const now = performance.now();
      const imagesPerSecond = settings.batch / ((now - startedAt) / 1000);
      const perStep = (now - begunAt - validationMs) / 1000 / (taken - from);
      const secondsLeft = perStep * (settings.steps - taken);
      reporter.step({ stage: stage.name, step: taken, steps: settings.steps, terms, imagesPerSecond, secondsLeft });

      const isLast = taken === settings.steps;
      const isMoment = taken % validateEvery === 0 || isLast;
      const validated = isMoment ? await validationOf(open, context, taken) : {};
      const values = { ...terms, "learning-rate": rate, "images-per-second": imagesPerSecond, ...validated };
      folder.metrics.add({ stage: stage.name, step: taken, values });
      if (isMoment) {
        await folder.metrics.flush();
        await folder.writeReport(true);
        validationMs += performance.now() - now;
      }
      if (performance.now() - savedAt >= checkpointMinutes * 60_000) await save();
    }
    if (savedStep < taken) await save();
    return taken === settings.steps;
  } finally {
    await data.close();
    for (const runner of runners) await runner.dispose();
  }
}

/** Measures the stage on the validation pairs, as columns of the metrics; nothing where there are none. */
async function validationOf(
  { stage, weights, state }: OpenStage,
  { plan, runtime, folder, pairs, reporter }: RunContext,
  step: number,
): Promise<Record<string, number>> {
  if (pairs.length === 0) return {};
  const { device, threads } = plan.options;
  const { results, ...means } = await validate(runtime, stage, settledWeights(weights, state), pairs, {
    device,
    threads,
    loss: plan.loss,
  });
  await folder.samples.add(stage.name, step, results);
  const gtMeanPsnr = means["gt-mean-psnr"];
  reporter.tell({ event: "validated", stage: stage.name, step, psnr: means.psnr, ssim: means.ssim, gtMeanPsnr });
  return Object.fromEntries(Object.entries(means).map(([name, value]) => [`validation-${name}`, value]));
}

function lastGood(folder: RunFolder, stage: string, step: number): string {
  return `the last good checkpoint is ${join(folder.path, checkpointFile)}, ${stage} after step ${step}`;
}

/** Stops a training that has left the numbers. */
function requireNumbers(
  { stage, settings }: PlannedStage,
  step: number,
  tensors: ModelTensors,
  kind: string,
  checkpoint: string,
): void {
  for (const [name, { values }] of Object.entries(tensors)) {
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong === undefined) continue;
    throw new KindlingError(
      "invalid-model",
      `${stage.name}, step ${step}: ${kind} ${name} is ${wrong}; ${checkpoint}. Begin again from there (--from) with a --rate below ${settings.rate}.`,
    );
  }
}
