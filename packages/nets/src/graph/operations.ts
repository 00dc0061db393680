import type { Operation } from "./operation.ts";
import * as activation from "./operations/activation.ts";
import * as arithmetic from "./operations/arithmetic.ts";
import * as comparison from "./operations/comparison.ts";
import * as convolution from "./operations/convolution.ts";
import * as functions from "./operations/functions.ts";
import * as layout from "./operations/layout.ts";
import * as matrix from "./operations/matrix.ts";
import * as normalisation from "./operations/normalisation.ts";
import * as parts from "./operations/parts.ts";
import * as pooling from "./operations/pooling.ts";
import * as quantisation from "./operations/quantisation.ts";
import * as reduction from "./operations/reduction.ts";
import * as resize from "./operations/resize.ts";
import * as sizes from "./operations/sizes.ts";

/** Every operation a graph can be made of, by its ONNX operator type. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    convolution.convOperation,
    convolution.convTransposeOperation,
    pooling.maxPoolOperation,
    pooling.averagePoolOperation,
    pooling.globalAveragePoolOperation,
    activation.reluOperation,
    activation.leakyReluOperation,
    activation.sigmoidOperation,
    activation.tanhOperation,
    arithmetic.addOperation,
    arithmetic.subOperation,
    arithmetic.mulOperation,
    arithmetic.divOperation,
    arithmetic.powOperation,
    arithmetic.minOperation,
    arithmetic.maxOperation,
    arithmetic.modOperation,
    comparison.equalOperation,
    comparison.greaterOperation,
    comparison.lessOperation,
    comparison.whereOperation,
    functions.absOperation,
    functions.negOperation,
    functions.expOperation,
    functions.logOperation,
    functions.sqrtOperation,
    functions.floorOperation,
    functions.signOperation,
    functions.clipOperation,
    reduction.reduceMeanOperation,
    reduction.reduceSumOperation,
    reduction.reduceMaxOperation,
    reduction.reduceMinOperation,
    normalisation.batchNormalizationOperation,
    normalisation.instanceNormalizationOperation,
    matrix.matMulOperation,
    matrix.gemmOperation,
    resize.resizeOperation,
    sizes.shapeOperation,
    sizes.rangeOperation,
    sizes.castOperation,
    parts.concatOperation,
    parts.sliceOperation,
    parts.gatherOperation,
    layout.reshapeOperation,
    layout.squeezeOperation,
    layout.unsqueezeOperation,
    layout.transposeOperation,
    layout.expandOperation,
    parts.padOperation,
    layout.depthToSpaceOperation,
    layout.identityOperation,
    quantisation.quantizeLinearOperation,
    quantisation.dequantizeLinearOperation,
  ].map((operation): [string, Operation] => [operation.type, operation as Operation]),
);
