import { isAbsolute } from "node:path";
import type { StageSize, TrainingStage } from "@kindling/lab";
import { adam, type Features } from "@kindling/nets";
import { createRuntime, removeAbandonedFiles } from "@kindling/node";
import { openTrainingData } from "../training-data/open-training-data.ts";
import { readCheckpointOf } from "./checkpoint.ts";
import { dataPlanOf } from "./data-plan-of.ts";
import { perceptualFeatures } from "./perceptual-features.ts";
import { RunFolder } from "./run-folder.ts";
import { freshState, readWeights, requireFrozen, resumedTensors, settledWeights } from "./stage-tensors.ts";
import { type RunContext, trainStage } from "./train-stage.ts";
import type { PlannedStage, TrainingPlan } from "./training-plan.ts";
import { trainingReporter } from "./training-reporter.ts";
import { readValidationPairs, type ValidationPair, viewGraph } from "./validation.ts";
import { writeNetworks } from "./write-networks.ts";

/**
 * Trains the stages of a plan one after the other, or goes on with them.
 *
 * @returns the exit status: 0, also where the signal stopped it and all was saved.
 * @throws {KindlingError} what is wrong with data, weights or the run's folder, before the first step; what
 * `trainStage` throws.
 */
export async function runTraining(given: TrainingPlan, signal: AbortSignal): Promise<number> {
  const { recipe, options, resume, extend = 0 } = given;
  const checkpoint = resume ? await readCheckpointOf(options.out) : undefined;
  const plan = { ...given, stages: extended(given.stages, recipe.stages[checkpoint?.stage ?? -1], extend) };
  const { stages } = plan;
  const pairs = await validationPairsOf(plan);
  await checkLargestCrop(plan, checkpoint?.stage ?? 0, signal);
  const features = await perceptualFeatures(options);
  let weights = await readWeights(options.from);
  const folder = new RunFolder(plan, pairs);
  const runtime = createRuntime();
  const reporter = trainingReporter(options.json);
  const context: RunContext = { plan, runtime, folder, pairs, reporter, signal };
  try {
    await removeAbandonedFiles(options.out);
    if (extend > 0) await folder.writeConfig();
    for (const planned of stages) {
      const { stage, settings } = planned;
      const index = recipe.stages.indexOf(stage);
      if (checkpoint && index < checkpoint.stage) continue;
      const built = stage.build(sizeOf(plan, planned, features));
      const resumed = checkpoint?.stage === index ? resumedTensors(checkpoint, built, options) : undefined;
      weights = resumed?.weights ?? weights;
      requireFrozen(stage, built, weights, pairs.length > 0 ? viewGraph(stage, plan.loss) : undefined);
      const state = resumed?.state ?? freshState(built, weights, options.seed);
      const taken = resumed ? resumed.step : undefined;
      if (checkpoint && resumed) {
        const before = recipe.stages.slice(0, checkpoint.stage).map(({ name }) => name);
        await folder.metrics.resume(
          (row) => before.includes(row.stage) || (row.stage === stage.name && row.step <= checkpoint.step),
        );
      }

      const open = { ...planned, index, built, weights, state, taken };
      const isFinished = taken === settings.steps || (await trainStage(open, context));
      if (!isFinished) {
        await folder.writeReport(false);
        reporter.tell({ event: "end", finished: false, out: options.out });
        return 0;
      }
      weights = settledWeights(weights, state);
      for (const file of await writeNetworks(options.out, stage.networks(plan.loss), weights)) {
        reporter.tell({ event: "written", file });
      }
    }
    await folder.writeReport(false);
    reporter.tell({ event: "end", finished: true, out: options.out });
    return 0;
  } catch (error) {
    // The report would go on saying that the run is under way; the error itself matters more than that it may fail.
    if (folder.metrics.rows.length > 0) await folder.writeReport(false).catch(() => undefined);
    throw error;
  } finally {
    reporter.stop();
    await runtime.dispose();
  }
}

/** The stages with more steps of the one that a run stands in. */
function extended(stages: readonly PlannedStage[], present: TrainingStage | undefined, by: number): PlannedStage[] {
  return stages.map(({ stage, settings }) =>
    stage === present ? { stage, settings: { ...settings, steps: settings.steps + by } } : { stage, settings },
  );
}

/** What a stage is built for. */
function sizeOf(
  { options, loss }: TrainingPlan,
  { stage, settings }: PlannedStage,
  features: Features | undefined,
): StageSize {
  const { weightDecay, clipNorm, average } = options;
  const { beta1 = 0.9 } = stage;
  return {
    batch: settings.batch,
    sidePx: settings.cropPx,
    optimiser: adam({ beta1, weightDecay }),
    clipNorm,
    averageDecay: average,
    features,
    loss,
  };
}

async function validationPairsOf({ options }: TrainingPlan): Promise<ValidationPair[]> {
  const { validate, validationPairs, validationSide, pairs } = options;
  if (validate === undefined) return [];
  // A path was made absolute; what was not is the name of a split.
  return isAbsolute(validate)
    ? readValidationPairs([validate], undefined, validationPairs, validationSide)
    : readValidationPairs(pairs, validate, validationPairs, validationSide);
}

/** Checks the photos against the largest crop of all stages to come, so that a later stage does not fail after days. */
async function checkLargestCrop(plan: TrainingPlan, firstStage: number, signal: AbortSignal): Promise<void> {
  const toCome = plan.stages.filter(({ stage }) => plan.recipe.stages.indexOf(stage) >= firstStage);
  const [largest] = [...toCome].sort((a, b) => b.settings.cropPx - a.settings.cropPx);
  if (!largest || largest.settings.cropPx === toCome[0]?.settings.cropPx) return;
  const data = await openTrainingData(dataPlanOf(plan, largest), { signal, budgetBytes: 0 });
  await data.close();
}
