import type { ModelTensor, ModelTensors, RunOptions, Runtime, SessionOptions } from "@kindling/core";
import { encodeOnnx, inputName, type TrainingStep, type Weights } from "@kindling/nets";

/** All tensors that a training changes, by name: parameters, the optimiser's moments, averages and step counts. */
export type TrainingState = Map<string, ModelTensor>;

/** A loaded training step. */
export interface StepRunner {
  /**
   * Takes one step: runs the graph on a batch and writes the new values into the state. A step that fails leaves the state
   * unchanged.
   *
   * @returns the terms of the loss and the step's other outputs.
   * @throws {KindlingError} what `ModelSession.run` throws.
   */
  take(batch: ModelTensors, learningRate: number, options?: RunOptions): Promise<ModelTensors>;

  /** Frees the memory of the session; the state stays. */
  dispose(): Promise<void>;
}

const nextPrefix = "next/";

/**
 * Loads a training step.
 *
 * @param fixed the weights of frozen parameters.
 * @param state every step reads and updates it. Steps that read one another's parameters, as in a GAN, share one state.
 * @throws {KindlingError} what `encodeOnnx` and `Runtime.open` throw.
 */
export async function openStepRunner(
  runtime: Runtime,
  step: TrainingStep,
  fixed: Weights,
  state: TrainingState,
  options?: SessionOptions,
): Promise<StepRunner> {
  const session = await runtime.open(encodeOnnx(step.graph, fixed), options);
  const names = step.graph.inputs.map(inputName);
  return {
    async take(batch, learningRate, runOptions) {
      const kept = names.flatMap((name) => {
        const tensor = Object.hasOwn(batch, name) ? undefined : state.get(name);
        return tensor ? [[name, tensor] as const] : [];
      });
      const rate = { shape: [], values: Float32Array.of(learningRate) };
      const feeds = { ...batch, ...Object.fromEntries(kept), "learning-rate": rate };
      const reported: Record<string, ModelTensor> = {};
      for (const [name, tensor] of Object.entries(await session.run(feeds, runOptions))) {
        if (name.startsWith(nextPrefix)) state.set(name.slice(nextPrefix.length), tensor);
        else reported[name] = tensor;
      }
      return reported;
    },
    dispose: () => session.dispose(),
  };
}
