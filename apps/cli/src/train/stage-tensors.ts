import type { StageSteps, TrainingStage, TrainingState } from "@kindling/lab";
import { type Graph, initialise, type Weight } from "@kindling/nets";
import { KindlingError, readCheckpoint } from "@kindling/node";
import { type Checkpoint, checkpointFile } from "./checkpoint.ts";

/** Begins the names of averages. */
const averagePrefix = "average/";

/** Tensors of a run's checkpoint that are no weights. */
const bookkeeping = /^(adam|average|steps|progress)\//;

/**
 * What a stage changes, as it is before its first step.
 *
 * @param weights what it begins from; what is not among them is drawn from the seed.
 * @throws {KindlingError} `invalid-model` naming every weight of a wrong shape.
 */
export function freshState({ steps }: StageSteps, weights: ReadonlyMap<string, Weight>, seed: number): TrainingState {
  return new Map(
    steps.flatMap((step) => {
      const drawn = initialise({ parameters: step.changes }, seed);
      return [...step.begin(new Map([...drawn, ...weights]))];
    }),
  );
}

/**
 * A checkpoint's tensors, parted into those that its stage changes and the weights from before.
 *
 * @throws {KindlingError} `invalid-model` where one is missing.
 */
export function resumedTensors(
  { step, tensors }: Checkpoint,
  built: StageSteps,
  { out, seed }: { readonly out: string; readonly seed: number },
): { step: number; state: TrainingState; weights: Map<string, Weight> } {
  const weights = new Map(tensors);
  const state: TrainingState = new Map();
  for (const name of freshState(built, tensors, seed).keys()) {
    const tensor = tensors.get(name);
    if (!tensor) throw new KindlingError("invalid-model", `${out}/${checkpointFile}: the tensor ${name} is missing.`);
    state.set(name, tensor);
    weights.delete(name);
  }
  return { step, state, weights };
}

/**
 * The weights of a file of tensors: a run's checkpoint, an ONNX model, or what else `readCheckpoint` reads.
 *
 * @throws {KindlingError} what `readCheckpoint` throws.
 */
export async function readWeights(path: string | undefined): Promise<Map<string, Weight>> {
  if (path === undefined) return new Map();
  const tensors = [...(await readCheckpoint(path))].map(
    ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }] as const,
  );
  return settledWeights(new Map(), new Map(tensors));
}

/**
 * The weights that pictures are made with: what was learnt in the place of what was there before, averaged over the steps
 * where `--average` keeps that.
 *
 * @param weights from before.
 * @param tensors what a stage changes, or all of a checkpoint.
 */
export function settledWeights(
  weights: ReadonlyMap<string, Weight>,
  tensors: ReadonlyMap<string, Weight>,
): Map<string, Weight> {
  const settled = new Map(weights);
  for (const [name, tensor] of tensors) if (!bookkeeping.test(name)) settled.set(name, tensor);
  for (const [name, tensor] of tensors) {
    if (name.startsWith(averagePrefix)) settled.set(name.slice(averagePrefix.length), tensor);
  }
  return settled;
}

/**
 * Checks that what a stage leaves frozen is there, and what its view shows beside that.
 *
 * @param view the graph of its validations, where there are any.
 * @throws {KindlingError} `invalid-option`, naming the parts that are missing.
 */
export function requireFrozen(
  { name }: TrainingStage,
  { steps }: StageSteps,
  weights: ReadonlyMap<string, Weight>,
  view: Graph | undefined,
): void {
  const learnt = new Set(steps.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const missingOf = (graphs: readonly Graph[]) => {
    const missing = graphs.flatMap(({ parameters }) => parameters.map(({ path }) => path));
    const parts = missing.filter((path) => !weights.has(path) && !learnt.has(path)).map((path) => path.split("/")[0]);
    return [...new Set(parts)].join(", ");
  };
  const remedy = "Name a checkpoint.safetensors or an ONNX model that has them by --from";
  const frozen = missingOf(steps.map(({ graph }) => graph));
  if (frozen !== "") {
    throw new KindlingError("invalid-option", `--stage ${name}: it needs the trained weights of ${frozen}. ${remedy}.`);
  }
  const shown = missingOf(view ? [view] : []);
  if (shown !== "") {
    throw new KindlingError(
      "invalid-option",
      `--validate: what is measured of ${name} needs the trained weights of ${shown}. ${remedy}, or leave out --validate.`,
    );
  }
}
