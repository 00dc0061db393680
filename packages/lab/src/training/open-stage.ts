import { KindlingError, type ModelTensor, type ModelTensors, type Runtime } from "@kindling/core";
import { adam, type Features, type TrainingStep, type Weight } from "@kindling/nets";
import { pickWeights } from "@kindling/nets/internal";
import { type Checkpoint, checkpointFile } from "./checkpoint.ts";
import { readBack } from "./read-back.ts";
import type { StageSteps } from "./recipe.ts";
import type { RunStore } from "./run-store.ts";
import { beginState, requireFrozen, splitCheckpoint } from "./stage-tensors.ts";
import { type DeviceState, openStepRunner, type StepRunner, type TrainingState } from "./step-runner.ts";
import type { PlannedStage, TrainingPlan } from "./training-plan.ts";
import { buildView } from "./validation.ts";

/** A stage with its graphs and tensors, between two steps. */
export interface OpenStage extends PlannedStage {
  readonly built: StageSteps;
  /** Weights from before the stage. */
  readonly weights: ReadonlyMap<string, Weight>;
  /** All tensors that the stage changes, as the last step left them: a GPU keeps them between steps. */
  readState(): Promise<TrainingState>;
  /** Whether the run was resumed in this stage. */
  readonly isResumed: boolean;
  /** Number of steps that are done. */
  taken: number;
  /** Number of steps in the last checkpoint; undefined before the first one. */
  saved: number | undefined;
  /**
   * Loads one of the step graphs; all of them share the state.
   *
   * @throws {KindlingError} what `openStepRunner` throws.
   */
  openRunner(step: TrainingStep): Promise<StepRunner>;
  /** Frees what a GPU keeps. Then the state is what was read last. */
  leaveDevice(): void;
}

/** What a stage starts from. */
export interface StageOrigin {
  /** The checkpoint of a resumed run. */
  readonly checkpoint: Checkpoint | undefined;
  /** Weights from the stages before. */
  readonly weights: ReadonlyMap<string, Weight>;
  /** The features that perceptual losses compare. */
  readonly features: Features | undefined;
  readonly store: RunStore;
  readonly runtime: Runtime;
}

/**
 * Builds a stage's graphs, and finds or draws the tensors that it starts from.
 *
 * @throws {KindlingError} `invalid-option` where frozen weights are missing; `invalid-model` where tensors of the checkpoint
 * are missing or weights have a wrong shape.
 */
export function openStage(
  plan: TrainingPlan,
  planned: PlannedStage,
  { checkpoint, weights: before, features, store, runtime }: StageOrigin,
): OpenStage {
  const { stage, settings, index } = planned;
  const { weightDecay, clipNorm, average, seed, device, threads } = plan.options;
  const { beta1 = 0.9 } = stage;
  const built = stage.build({
    batch: settings.batch,
    cropPx: settings.cropPx,
    optimiser: adam({ beta1, weightDecay }),
    clipNorm,
    averageDecay: average,
    features,
    settings: plan.settings,
  });
  const own = checkpoint?.stage === index ? checkpoint : undefined;
  const resumed = own && splitCheckpoint(own, built, seed, store.locate(checkpointFile));
  const weights = resumed?.weights ?? before;
  requireFrozen(stage, built, weights, plan.validation ? buildView(stage, plan.settings) : undefined);
  const state = resumed?.state ?? beginState(built, weights, seed);
  const onDevice: DeviceState = new Map();
  const readState = async () => {
    await readBack(runtime, state, onDevice, { device, threads });
    return state;
  };
  return {
    ...planned,
    built,
    weights,
    readState,
    isResumed: own !== undefined,
    taken: own?.step ?? 0,
    saved: own?.step,
    openRunner: (step) =>
      openStepRunner(runtime, step, pickWeights(step.graph, weights), state, { device, threads, onDevice }),
    leaveDevice() {
      for (const tensor of onDevice.values()) tensor.dispose();
      onDevice.clear();
    },
  };
}

/**
 * Checks that all numbers of tensors are finite.
 *
 * @param kind describes the tensors in the error.
 * @throws {KindlingError} `invalid-model`, naming step, tensor and last checkpoint.
 */
export function requireFinite(stage: OpenStage, tensors: ModelTensors, kind: string, store: RunStore): void {
  const { name } = stage.stage;
  for (const [tensor, { values }] of Object.entries(tensors)) {
    const wrong = findInfinite(values);
    if (wrong === undefined) continue;
    const last = `${store.locate(checkpointFile)}, ${name} after step ${stage.saved ?? 0}`;
    throw new KindlingError(
      "invalid-model",
      `${name}, step ${stage.taken}: ${kind} ${tensor} is ${wrong}; the last good checkpoint is ${last}. Begin again from there (--from) with a --rate below ${stage.settings.rate}.`,
    );
  }
}

/** Finds the first value that is infinite or no number. A loop: a callback for each of 80 million values takes seconds. */
function findInfinite(values: ModelTensor["values"]): number | undefined {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return Number(values[i]);
  return undefined;
}
