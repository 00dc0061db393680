import { KindlingError } from "@kindling/core";
import { readSafetensors, type Weight, writeSafetensors } from "@kindling/nets";
import type { RunStore } from "./run-store.ts";
import type { TrainingState } from "./step-runner.ts";

/** The file from which a run continues. */
export const checkpointFile = "checkpoint.safetensors";

const [stageName, stepName] = ["progress/stage", "progress/step"] as const;

/** A training between two steps. */
export interface Checkpoint {
  /** Index of the stage in the recipe. */
  readonly stage: number;
  /** Steps of this stage that are done. */
  readonly step: number;
  /** Weights of all stages so far, and all tensors that the present stage changes. */
  readonly tensors: ReadonlyMap<string, Weight>;
}

/** Joins all tensors of a training by name; those that the stage changes replace those from before it. */
export function joinTensors(weights: ReadonlyMap<string, Weight>, state: TrainingState): Map<string, Weight> {
  return new Map([...weights, ...state]);
}

/**
 * Writes a run's checkpoint, whole or not at all, in place of the last one.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeCheckpoint(store: RunStore, { stage, step, tensors }: Checkpoint): Promise<void> {
  const scalar = (value: number): Weight => ({ shape: [], values: Float32Array.of(value) });
  const all = new Map([...tensors, [stageName, scalar(stage)], [stepName, scalar(step)]]);
  await store.write(checkpointFile, writeSafetensors(all));
}

/**
 * Reads a run's checkpoint.
 *
 * @throws {KindlingError} `not-found` where the run has none; `invalid-model` where the file is no checkpoint.
 */
export async function readRunCheckpoint(store: RunStore): Promise<Checkpoint> {
  const path = store.locate(checkpointFile);
  const bytes = await store.read(checkpointFile);
  if (!bytes) {
    throw new KindlingError("not-found", `${path}: there is no checkpoint to continue from. Leave out --resume.`);
  }
  const tensors = new Map<string, Weight>();
  for (const [name, { shape, values }] of readSafetensors(bytes, path)) {
    tensors.set(name, { shape, values: new Float32Array(values) });
  }
  const [stage, step] = [tensors.get(stageName)?.values[0], tensors.get(stepName)?.values[0]];
  if (stage === undefined || step === undefined) {
    throw new KindlingError(
      "invalid-model",
      `${path}: not a checkpoint of a training, which holds a stage and a step.`,
    );
  }
  tensors.delete(stageName);
  tensors.delete(stepName);
  return { stage, step, tensors };
}
