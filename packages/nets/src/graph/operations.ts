import { activationOperations } from "./operations/activation.ts";
import { arithmeticOperations } from "./operations/arithmetic.ts";
import { comparisonOperations } from "./operations/comparison.ts";
import { convolutionOperations } from "./operations/convolution.ts";
import { functionOperations } from "./operations/functions.ts";
import { layoutOperations } from "./operations/layout.ts";
import { matrixOperations } from "./operations/matrix.ts";
import { normalisationOperations } from "./operations/normalisation.ts";
import { partOperations } from "./operations/parts.ts";
import { poolingOperations } from "./operations/pooling.ts";
import { quantisationOperations } from "./operations/quantisation.ts";
import { reductionOperations } from "./operations/reduction.ts";
import { resizeOperations } from "./operations/resize.ts";
import { sizeOperations } from "./operations/sizes.ts";
import type { Operation } from "./tensor.ts";

const families: readonly (readonly Operation[])[] = [
  activationOperations,
  arithmeticOperations,
  comparisonOperations,
  convolutionOperations,
  functionOperations,
  layoutOperations,
  matrixOperations,
  normalisationOperations,
  partOperations,
  poolingOperations,
  quantisationOperations,
  reductionOperations,
  resizeOperations,
  sizeOperations,
];

/** Every operation that graphs support, by its ONNX operator type. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  families.flat().map((operation): [string, Operation] => [operation.type, operation]),
);
