import type { Tensor } from "../graph/tensor.ts";

/** How one step of descent changes a parameter. */
export interface Optimiser {
  /** What it remembers of every parameter from step to step, by names that begin those tensors' names; zeros at first. */
  readonly slots: readonly string[];
  /**
   * Begins a step: what all parameters share is computed once.
   *
   * @param rate the learning rate, a scalar.
   * @param step how many steps this one makes it, from 1, a float32 scalar.
   */
  readonly begin: (rate: Tensor, step: Tensor) => ParameterUpdate;
}

/** A parameter and its slots after a step. */
export type ParameterUpdate = (parameter: Tensor, gradient: Tensor, slots: readonly Tensor[]) => UpdatedParameter;

/** What an update gives. */
export interface UpdatedParameter {
  readonly parameter: Tensor;
  /** In the order of the optimiser's. */
  readonly slots: readonly Tensor[];
}
