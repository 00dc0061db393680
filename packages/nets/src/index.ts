// Graphs: tensors, parameters, networks, and what is derived from them.

export type { Dimension, DimensionValues, Pair, SymbolicDimension } from "./graph/dimension.ts";
export { freeDimension } from "./graph/dimension.ts";
export type { ElementType } from "./graph/element-type.ts";
export { countMacs, countParameters, createGraph, type Graph, inputName, type Parameter } from "./graph/graph.ts";
export { initialise } from "./graph/initialise.ts";
export { type Initialiser, normal, xavierUniform, zeros } from "./graph/initialiser.ts";
export {
  anySize,
  defineNetwork,
  type InputChannels,
  type Inputs,
  type MapChannels,
  type Network,
  type PictureSize,
} from "./graph/network.ts";
export { type QuantisableConvolution, quantisableConvolutions, quantiseConvolutions } from "./graph/quantise.ts";
export { createScope, type Scope } from "./graph/scope.ts";
export { constant, input, integers, type Tensor, type TensorType } from "./graph/tensor.ts";
export { tilingOf } from "./graph/tiling.ts";
export { meanWeights, type Weight, type Weights } from "./graph/weights.ts";

// Operations, each an operator of ONNX.

export type { ConvSettings, ConvTransposeSettings } from "./graph/builder.ts";
export { leakyRelu, relu, sigmoid, tanh } from "./graph/operations/activation.ts";
export { add, div, max, min, mod, mul, pow, sub } from "./graph/operations/arithmetic.ts";
export type { Operand } from "./graph/operations/broadcast.ts";
export { equal, greater, less, where } from "./graph/operations/comparison.ts";
export { conv, convTranspose } from "./graph/operations/convolution.ts";
export { abs, clip, exp, floor, log, neg, sign, sqrt } from "./graph/operations/functions.ts";
export { depthToSpace, expand, identity, reshape, squeeze, transpose, unsqueeze } from "./graph/operations/layout.ts";
export { matMul } from "./graph/operations/matrix.ts";
export { batchNormalization, instanceNormalization } from "./graph/operations/normalisation.ts";
export { concat, gather, type Position, pad, slice, window } from "./graph/operations/parts.ts";
export { averageBlocks2, averagePool, globalAveragePool, maxPool2, maxPool3 } from "./graph/operations/pooling.ts";
export { reduceMax, reduceMean, reduceMin, reduceSum } from "./graph/operations/reduction.ts";
export { type PixelCentres, repeatPixels, upsampleBilinear2 } from "./graph/operations/resize.ts";
export { cast, range, shapeOf, sizeOf } from "./graph/operations/sizes.ts";

// Parts of networks, made of operations.

export { type Border, gaussianBlur } from "./graph/blur.ts";
export { type ConvolutionSettings, convolution, cropTo, doublingConvolution, greyOf } from "./graph/layers.ts";
export { cropBorder, padToMultiple } from "./graph/padding.ts";
export { enlargeTo, reduceArea, resizeNearest, sampleBilinear } from "./graph/sampling.ts";
export { encodedLight, linearLight } from "./graph/srgb.ts";

// Losses and training.

export { gradients } from "./autodiff/gradients.ts";
export { type AdversarialLoss, leastSquares } from "./losses/adversarial.ts";
export type { DecomposedPair, Layers } from "./losses/decomposition.ts";
export { type Edges, edgeError, edgesOf } from "./losses/edges.ts";
export { type LossTerms, weighTerms } from "./losses/loss-terms.ts";
export { type Features, featuresOf } from "./losses/perceptual.ts";
export { meanAbsoluteError, meanOf, meanSquaredError, sumOfSquares } from "./losses/pixel-errors.ts";
export { ssim } from "./losses/ssim.ts";
export { type AdamSettings, adam } from "./training/adam.ts";
export type { Optimiser, ParameterUpdate, UpdatedParameter } from "./training/optimiser.ts";
export {
  addWarmUp,
  constantRate,
  cosineRate,
  decayingRate,
  flatThenLinearRate,
  oneCycleRate,
  type Schedule,
} from "./training/schedules.ts";
export { type TrainingStep, type TrainingStepSettings, trainingStep } from "./training/training-step.ts";

// Files: ONNX models, and weights of this and of other frameworks.

export { matchParameters, type ParameterMapping, type ParameterSource } from "./checkpoints/match-parameters.ts";
export { type NamedBytes, openCheckpoint } from "./checkpoints/open-checkpoint.ts";
export { readSafetensors, writeSafetensors } from "./checkpoints/safetensors.ts";
export type { StoredTensor } from "./checkpoints/stored-tensor.ts";
export { type DecodedModel, decodeOnnx } from "./onnx/decode.ts";
export { encodeOnnx, type OnnxSettings, type WeightPrecision } from "./onnx/encode.ts";
export { encodeNetwork } from "./onnx/encode-network.ts";
