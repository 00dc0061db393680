// What Kindling's own packages need of this one: no promise to anybody else.
export * from "./autodiff/gradients.ts";
export { hwioToOihw, hwoiToIohw } from "./checkpoints/kernel-layout.ts";
export * from "./checkpoints/layer-table.ts";
export * from "./checkpoints/match-parameters.ts";
export * from "./checkpoints/open-checkpoint.ts";
export { readPytorch } from "./checkpoints/pytorch.ts";
export * from "./checkpoints/safetensors.ts";
export type { StoredTensor } from "./checkpoints/stored-tensor.ts";
export * from "./checkpoints/tensorflow-bundle.ts";
export type { AttributeValues } from "./graph/attribute.ts";
export * from "./graph/batch-normalisation.ts";
export * from "./graph/blur.ts";
export * from "./graph/builders.ts";
export {
  type Dimension,
  type DimensionValues,
  evaluateShape,
  formatShape,
  freeDimension,
  type SymbolicDimension,
} from "./graph/dimension.ts";
export type { ElementType } from "./graph/element-type.ts";
export * from "./graph/graph.ts";
export * from "./graph/initialise.ts";
export * from "./graph/initialiser.ts";
export * from "./graph/layers.ts";
export * from "./graph/network.ts";
export { apply } from "./graph/operation.ts";
export * from "./graph/operations.ts";
export * from "./graph/padding.ts";
export * from "./graph/quantise.ts";
export type { AxisReach, Span } from "./graph/reach.ts";
export * from "./graph/sampling.ts";
export * from "./graph/scope.ts";
export * from "./graph/substitute.ts";
export {
  type ConstantValues,
  constant,
  input,
  integers,
  type Node,
  nodeOf,
  type Operation,
  type Source,
  type Tensor,
  type TensorType,
} from "./graph/tensor.ts";
export * from "./graph/tiling.ts";
export * from "./graph/weights.ts";
export * from "./losses/adversarial.ts";
export * from "./losses/decomposition.ts";
export * from "./losses/edges.ts";
export * from "./losses/loss-terms.ts";
export * from "./losses/perceptual.ts";
export * from "./losses/pixel-errors.ts";
export * from "./losses/squeezenet.ts";
export * from "./losses/ssim.ts";
export * from "./onnx/decode.ts";
export * from "./onnx/encode.ts";
export * from "./onnx/encode-network.ts";
export { readModel } from "./onnx/read-model.ts";
export * from "./training/adam.ts";
export * from "./training/optimiser.ts";
export * from "./training/schedules.ts";
export * from "./training/training-step.ts";
