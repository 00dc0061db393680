import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingState } from "@kindling/lab";
import { readSafetensors, type Weight, writeSafetensors } from "@kindling/nets";
import { commitFile, KindlingError, stageFile } from "@kindling/node";

/** File of a run's folder that a training goes on from. */
export const checkpointFile = "checkpoint.safetensors";

const [stageName, stepName] = ["progress/stage", "progress/step"] as const;

/** A training between two steps. */
export interface Checkpoint {
  /** Which of the recipe's stages, from 0. */
  readonly stage: number;
  /** Steps of this stage that were taken. */
  readonly step: number;
  /** Weights of all stages so far, and all that the present one changes. */
  readonly tensors: ReadonlyMap<string, Weight>;
}

/** All tensors of a training by name: what a stage changes goes before what it only began from. */
export function tensorsOf(weights: ReadonlyMap<string, Weight>, state: TrainingState): Map<string, Weight> {
  return new Map([...weights, ...state]);
}

/**
 * Writes a checkpoint whole or not at all, over the last one.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeCheckpoint(folder: string, { stage, step, tensors }: Checkpoint): Promise<void> {
  const scalar = (value: number): Weight => ({ shape: [], values: Float32Array.of(value) });
  const all = new Map([...tensors, [stageName, scalar(stage)], [stepName, scalar(step)]]);
  await commitFile(await stageFile(join(folder, checkpointFile), writeSafetensors(all)));
}

/**
 * Reads a run's checkpoint.
 *
 * @throws {KindlingError} `not-found`; `invalid-model` where the file is none.
 */
export async function readCheckpointOf(folder: string): Promise<Checkpoint> {
  const path = join(folder, checkpointFile);
  const bytes = await readFile(path).catch((cause) => {
    throw new KindlingError("not-found", `${path}: there is no checkpoint to go on from. Leave out --resume.`, {
      cause,
    });
  });
  const tensors = new Map<string, Weight>();
  for (const [name, { shape, values }] of readSafetensors(bytes, path)) {
    tensors.set(name, { shape, values: Float32Array.from(values) });
  }
  const [stage, step] = [tensors.get(stageName)?.values[0], tensors.get(stepName)?.values[0]];
  if (stage === undefined || step === undefined) {
    throw new KindlingError("invalid-model", `${path}: not a checkpoint of a training: it does not tell its step.`);
  }
  tensors.delete(stageName);
  tensors.delete(stepName);
  return { stage, step, tensors };
}
