import { KindlingError } from "@kindling/core";
import { type Graph, initialise, type Weight } from "@kindling/nets";
import type { Checkpoint } from "./checkpoint.ts";
import type { StageSteps, TrainingStage } from "./recipe.ts";
import type { TrainingState } from "./step-runner.ts";

/** Prefix of the names of averages. */
const averagePrefix = "average/";

/** Names of a checkpoint's tensors that are not weights. */
const bookkeeping = /^(adam|average|steps|progress)\//;

/**
 * Creates all tensors that a stage changes, as they are before the first step.
 *
 * @param weights to start from; missing ones are drawn from the seed.
 * @throws {KindlingError} `invalid-model` naming every weight of a wrong shape.
 */
export function beginState({ steps }: StageSteps, weights: ReadonlyMap<string, Weight>, seed: number): TrainingState {
  return new Map(
    steps.flatMap((step) => {
      const drawn = initialise({ parameters: step.changes.filter(({ path }) => !weights.has(path)) }, seed);
      return [...step.begin(new Map([...drawn, ...weights]))];
    }),
  );
}

/**
 * Splits a checkpoint's tensors into those that its stage changes and the weights from before.
 *
 * @param path names the checkpoint in errors.
 * @throws {KindlingError} `invalid-model` where a tensor is missing.
 */
export function splitCheckpoint(
  { tensors }: Checkpoint,
  built: StageSteps,
  seed: number,
  path: string,
): { state: TrainingState; weights: Map<string, Weight> } {
  const weights = new Map(tensors);
  const state: TrainingState = new Map();
  for (const name of beginState(built, tensors, seed).keys()) {
    const tensor = tensors.get(name);
    if (!tensor) throw new KindlingError("invalid-model", `${path}: the tensor ${name} is missing.`);
    state.set(name, tensor);
    weights.delete(name);
  }
  return { state, weights };
}

/**
 * Chooses the weights for making pictures: the stage's weights replace those from before, and averages over the steps, where
 * the training keeps them, replace both.
 *
 * @param weights from before.
 * @param tensors that a stage changes, or all of a checkpoint.
 */
export function settleWeights<Tensor>(
  weights: ReadonlyMap<string, Tensor>,
  tensors: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const settled = new Map(weights);
  for (const [name, tensor] of tensors) if (!bookkeeping.test(name)) settled.set(name, tensor);
  for (const [name, tensor] of tensors) {
    if (name.startsWith(averagePrefix)) settled.set(name.slice(averagePrefix.length), tensor);
  }
  return settled;
}

/**
 * Checks that a stage's frozen weights exist, and the further ones that its view needs.
 *
 * @param view the graph of its validations, if there are any.
 * @throws {KindlingError} `invalid-option`, naming the missing parts.
 */
export function requireFrozen(
  { name }: TrainingStage,
  { steps }: StageSteps,
  weights: ReadonlyMap<string, Weight>,
  view: Graph | undefined,
): void {
  const learnt = new Set(steps.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const partsMissingOf = (graphs: readonly Graph[]) => {
    const needed = graphs.flatMap(({ parameters }) => parameters.map(({ path }) => path));
    const parts = needed.filter((path) => !weights.has(path) && !learnt.has(path)).map((path) => path.split("/")[0]);
    return [...new Set(parts)].join(", ");
  };
  const remedy = "Name a checkpoint.safetensors or an ONNX model that has them by --from";
  const frozen = partsMissingOf(steps.map(({ graph }) => graph));
  if (frozen !== "") {
    throw new KindlingError("invalid-option", `--stage ${name}: it needs the trained weights of ${frozen}. ${remedy}.`);
  }
  const shown = partsMissingOf(view ? [view] : []);
  if (shown !== "") {
    throw new KindlingError(
      "invalid-option",
      `--validate: measuring ${name} needs the trained weights of ${shown}. ${remedy}, or leave out --validate.`,
    );
  }
}
