import { applyOne, attribute, defineOperation, floatShape } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./broadcast.ts";

/** Negative values become 0. */
export const reluOperation = unary("Relu", 14);
/** 1 / (1 + e^-x): from 0 to 1. */
export const sigmoidOperation = unary("Sigmoid", 13);
/** Hyperbolic tangent: from -1 to 1. */
export const tanhOperation = unary("Tanh", 13);

/** Negative values are multiplied by `alpha`. */
export const leakyReluOperation = defineOperation({
  type: "LeakyRelu",
  since: 6,
  arity: [1, 1],
  attributes: { alpha: attribute("float", Math.fround(0.01)) },
  infer([x]) {
    return [{ element: "float32", shape: floatShape("LeakyRelu", x) }];
  },
});

/** Negative values become 0. */
export function relu(x: Tensor): Tensor {
  return applyOne(reluOperation, [x]);
}

/** Negative values are multiplied by `slope`. */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  // The file holds a float32; the same number here keeps a graph equal to what is read back from its file.
  return applyOne(leakyReluOperation, [x], { alpha: Math.fround(slope) });
}

/** 1 / (1 + e^-x): from 0 to 1. */
export function sigmoid(x: Tensor): Tensor {
  return applyOne(sigmoidOperation, [x]);
}

/** Hyperbolic tangent: from -1 to 1. */
export function tanh(x: Tensor): Tensor {
  return applyOne(tanhOperation, [x]);
}
