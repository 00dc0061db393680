import type { Tensor } from "../graph/tensor.ts";

/** A picture split into the colours of its surfaces and the light on them. */
export interface Layers {
  /** [batch, 3, height, width], 0 to 1. */
  readonly reflectance: Tensor;
  /** [batch, 1, height, width], 0 to 1. */
  readonly illumination: Tensor;
}

/** Two exposures of one scene and the layers that a decomposition found in them. */
export interface DecomposedPair {
  /** [batch, 3, height, width], 0 to 1. */
  readonly low: Tensor;
  readonly high: Tensor;
  readonly lowLayers: Layers;
  readonly highLayers: Layers;
}
