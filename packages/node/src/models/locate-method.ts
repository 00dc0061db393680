import { stat } from "node:fs/promises";
import { join } from "node:path";
import { KindlingError, methods } from "@kindling/core";
import { withoutFollower } from "@kindling/core/internal";
import { networkMethods } from "@kindling/systems/inference";
import { modelIndexName, openModelStore } from "./open-model-store.ts";

/** A method, and the folder of trained networks that holds its weights. */
export interface LocatedMethod {
  readonly method: string;
  /** Those of the installed packages if undefined. */
  readonly models: string | undefined;
}

/**
 * Finds the method for a word: the name of a method, or a folder with a trained network, such as a run of
 * `kindling train`, whose first network is then the method.
 *
 * @param models folder of trained networks for methods that are given by name.
 * @throws {KindlingError} `not-found` for a folder without a trained network.
 * @example
 * const { method, models } = await locateMethod("runs/kind");
 * const enhancer = await openEnhancer({ method, models });
 */
export async function locateMethod(word: string, models?: string): Promise<LocatedMethod> {
  const known = await stat(word).catch(() => undefined);
  if (!known?.isDirectory() || isMethodName(word)) return { method: word, models };
  const method = await firstNetworkOf(word);
  if (method !== undefined) return { method, models: word };
  throw new KindlingError(
    "not-found",
    `${word}: there is no trained network in this folder. Give a run of kindling train that has ended or was stopped, or the name of a method.`,
  );
}

/** Name of the first network of a folder of trained networks; undefined for other folders. */
export async function firstNetworkOf(folder: string): Promise<string | undefined> {
  const isModelFolder = await stat(join(folder, modelIndexName)).then(
    () => true,
    () => false,
  );
  const [first] = isModelFolder ? await openModelStore(folder).list() : [];
  return first && `${first.network}.${first.tag}`;
}

/** Whether a word is the name of a method or of weights; a folder of that name is then given as `./kind`. */
function isMethodName(word: string): boolean {
  if (/[\\/]/.test(word)) return false;
  const first = withoutFollower(word);
  return [...methods, ...networkMethods].some(({ name }) => first === name || first.startsWith(`${name}.`));
}
