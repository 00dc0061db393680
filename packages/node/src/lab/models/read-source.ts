import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { System } from "@kindling/lab";
import {
  type CardRun,
  checkpointFile,
  completeSettings,
  describeRun,
  formOfSettings,
  metricsFile,
  parseRunRecord,
  settingsFile,
} from "@kindling/lab/internal";
import type { StoredTensor } from "@kindling/nets";
import { readError } from "../../photo/file-errors.ts";
import { readCheckpointContent } from "../checkpoints/read-checkpoint.ts";

/** Where weights come from. */
export interface WeightSource {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** The network (`kind/analysis`) or model form (`kind+root`) that they belong to, where the source says so. */
  readonly belongsTo?: string | undefined;
  /** The training that they are of, if they were read from a run's folder. */
  readonly run?: CardRun & { readonly photos: readonly string[] };
}

/**
 * Reads the tensors of a checkpoint, of an ONNX model, or of a run's folder, with what is known of their network.
 *
 * @param systems those that a run may be of.
 * @throws {KindlingError} what `readCheckpoint` throws; `invalid-option` for a run whose settings cannot be read.
 * @example
 * const { tensors } = await readSource("runs/kind", [system]);
 */
export async function readSource(path: string, systems: readonly System[]): Promise<WeightSource> {
  const { tensors, network } = await readCheckpointContent(path);
  const isOfRun = basename(path) === checkpointFile;
  const folder = isOfRun ? dirname(path) : path;
  const settings = network === undefined ? await readText(join(folder, settingsFile)) : undefined;
  if (settings === undefined) return { tensors, belongsTo: network };
  const record = parseRunRecord(settings, join(folder, settingsFile));
  const system = systems.find(({ name }) => name === record.network);
  const belongsTo = system && formOfSettings(system, completeSettings(system.recipe.settings, record.set)).name;
  const run = describeRun(settings, (await readText(join(folder, metricsFile))) ?? "");
  return { tensors, belongsTo, run: { ...run, photos: record.photos } };
}

/** The text of a file; nothing where there is none. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const error = readError(path, cause);
    if (error.code === "not-found") return undefined;
    throw error;
  }
}
