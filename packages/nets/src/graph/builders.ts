// The functions that add one operation to a graph. The part that gradient rules use is the interface `Builder`.

export type { ConvSettings, ConvTransposeSettings } from "./builder.ts";
export { leakyRelu, relu, sigmoid, tanh } from "./operations/activation.ts";
export { add, div, max, min, mod, mul, pow, sub } from "./operations/arithmetic.ts";
export { equal, greater, less, where } from "./operations/comparison.ts";
export { conv, convTranspose } from "./operations/convolution.ts";
export { abs, clip, exp, floor, log, neg, sign, sqrt } from "./operations/functions.ts";
export { depthToSpace, expand, identity, reshape, squeeze, transpose, unsqueeze } from "./operations/layout.ts";
export { matMul } from "./operations/matrix.ts";
export { batchNormalization, instanceNormalization } from "./operations/normalisation.ts";
export { concat, gather, type Position, pad, slice, window } from "./operations/parts.ts";
export { averageBlocks2, averagePool, globalAveragePool, maxPool2, maxPool3 } from "./operations/pooling.ts";
export { dequantizeLinear, quantizeLinear } from "./operations/quantisation.ts";
export { reduceMax, reduceMean, reduceMin, reduceSum } from "./operations/reduction.ts";
export { type PixelCentres, repeatPixels, upsampleBilinear2 } from "./operations/resize.ts";
export { cast, range, shapeOf, sizeOf } from "./operations/sizes.ts";
