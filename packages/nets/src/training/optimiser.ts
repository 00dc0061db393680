import type { Tensor } from "../graph/tensor.ts";

/** The rule by which a training step changes parameters. */
export interface Optimiser {
  /** Prefixes of the tensors that it keeps for every parameter from step to step; zeros at first. */
  readonly slots: readonly string[];
  /**
   * Begins a step: computes once what all parameters share.
   *
   * @param rate the learning rate, a scalar.
   * @param step the number of this step, from 1, a float32 scalar.
   */
  readonly begin: (rate: Tensor, step: Tensor) => ParameterUpdate;
}

/** Computes a parameter and its slots after a step. */
export type ParameterUpdate = (parameter: Tensor, gradient: Tensor, slots: readonly Tensor[]) => UpdatedParameter;

/** A parameter and its slots after a step. */
export interface UpdatedParameter {
  readonly parameter: Tensor;
  /** In the order of the optimiser's slots. */
  readonly slots: readonly Tensor[];
}
