import {
  type DeviceTensor,
  type DeviceTensors,
  KindlingError,
  type ModelTensor,
  type ModelTensors,
  type RunOptions,
  type Runtime,
  type SessionOptions,
} from "@kindling/core";
import { freeValues } from "@kindling/core/internal";
import { encodeOnnx, inputName, type Tensor, type TrainingStep, type Weights } from "@kindling/nets";

/**
 * All tensors that a training changes, by name: parameters, the optimiser's moments, averages and step counts. A step frees
 * the values of those that it replaces: copy what is needed after the next one.
 */
export type TrainingState = Map<string, ModelTensor>;

/** Those of them that a GPU holds, which are newer there than in memory. */
export type DeviceState = Map<string, DeviceTensor>;

/** A loaded training step. */
export interface StepRunner {
  /**
   * Takes one step: runs the graph on a batch and writes the new values into the state; those that a GPU holds into the
   * device state, and frees the old ones. A step that fails leaves both unchanged.
   *
   * @returns the terms of the loss and the step's other outputs.
   * @throws {KindlingError} what `ModelSession.run` throws.
   */
  take(batch: ModelTensors, learningRate: number, options?: RunOptions): Promise<ModelTensors>;

  /** Frees the memory of the session; the state stays. */
  dispose(): Promise<void>;
}

/** How to load a training step. */
export interface StepOptions extends SessionOptions {
  /** Where tensors stay between steps that run on a GPU; without it they come back after every step. */
  readonly onDevice?: DeviceState | undefined;
}

const nextPrefix = "next/";

/**
 * Loads a training step.
 *
 * @param fixed the weights of frozen parameters.
 * @param state every step reads and updates it. Steps that read one another's parameters, as in a GAN, share one state and
 * one device state.
 * @throws {KindlingError} what `encodeOnnx` and `Runtime.open` throw.
 */
export async function openStepRunner(
  runtime: Runtime,
  step: TrainingStep,
  fixed: Weights,
  state: TrainingState,
  { onDevice, ...options }: StepOptions = {},
): Promise<StepRunner> {
  const nextNames = Object.keys(step.graph.outputs).filter((name) => name.startsWith(nextPrefix));
  const keptOutputs = onDevice ? nextNames : [];
  const { openBatch } = step;
  const session = await runtime.open(encodeOnnx(step.graph, fixed, { openBatch }), { ...options, keptOutputs });
  const names = step.graph.inputs.map(inputName);
  /** The inputs that a map has and the batch does not give. */
  const pick = <Tensor>(from: ReadonlyMap<string, Tensor>, batch: ModelTensors) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const tensor = Object.hasOwn(batch, name) ? undefined : from.get(name);
        return tensor ? [[name, tensor] as const] : [];
      }),
    );
  const run = async (inputs: ModelTensors, there: DeviceTensors, runOptions?: RunOptions) =>
    onDevice && session.runOnDevice
      ? session.runOnDevice(inputs, there, runOptions)
      : { outputs: await session.run(inputs, runOptions), kept: {} };
  return {
    async take(batch, learningRate, runOptions) {
      requireBatch(openBatch, batch);
      const there = pick(onDevice ?? new Map(), batch);
      if (!session.runOnDevice && onDevice && onDevice.size > 0) {
        throw mixedDevices();
      }
      const here = Object.entries(pick(state, batch)).filter(([name]) => !there[name]);
      const rate = { shape: [], values: Float32Array.of(learningRate) };
      const inputs = { ...batch, ...Object.fromEntries(here), "learning-rate": rate };
      const { outputs, kept } = await run(inputs, there, runOptions);
      const reported: Record<string, ModelTensor> = {};
      for (const [name, tensor] of Object.entries(outputs)) {
        if (!name.startsWith(nextPrefix)) {
          reported[name] = tensor;
          continue;
        }
        const own = name.slice(nextPrefix.length);
        const old = state.get(own);
        state.set(own, tensor);
        if (old) freeValues(old.values);
      }
      for (const [next, tensor] of Object.entries(kept)) {
        const name = next.slice(nextPrefix.length);
        onDevice?.get(name)?.dispose();
        onDevice?.set(name, tensor);
      }
      return reported;
    },
    dispose: () => session.dispose(),
  };
}

/** Checks the first sides of a batch, which the file leaves open. */
function requireBatch(inputs: readonly Tensor[], batch: ModelTensors): void {
  for (const tensor of inputs) {
    const name = inputName(tensor);
    const given = batch[name]?.shape;
    if (!given || typeof tensor.shape[0] !== "number" || given[0] === tensor.shape[0]) continue;
    throw new KindlingError("invalid-model", `${name}: the step takes [${tensor.shape.join(", ")}], got [${given}].`);
  }
}

/** The error where only some of a training's graphs got the GPU: the others cannot read what is there. */
export function mixedDevices(): KindlingError {
  return new KindlingError(
    "no-device",
    "device: a part of this training runs on the GPU, another one could not. Train on the processor (--device cpu).",
  );
}
