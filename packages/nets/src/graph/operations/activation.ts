import { applyOne, attribute, defineOperation, floatShape } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./broadcast.ts";

/** Negative values become 0. */
export const reluOperation = unary("Relu", 14, (build, g, _, y) => build.mul(g, build.sign(y)));
/** 1 / (1 + e^-x): from 0 to 1. */
export const sigmoidOperation = unary("Sigmoid", 13, (build, g, _, y) => build.mul(g, build.mul(y, build.sub(1, y))));
/** Hyperbolic tangent: from -1 to 1. */
export const tanhOperation = unary("Tanh", 13, (build, g, _, y) => build.mul(g, build.sub(1, build.mul(y, y))));

/** Negative values are multiplied by `alpha`. */
export const leakyReluOperation = defineOperation({
  type: "LeakyRelu",
  since: 6,
  arity: [1, 1],
  attributes: { alpha: attribute("float", Math.fround(0.01)) },
  infer([x]) {
    return [{ element: "float32", shape: floatShape("LeakyRelu", x) }];
  },
  gradient({ inputs: [x], outputs: [y], attributes: { alpha } }, [g], build) {
    // Where the slope is positive the result has x's sign; taking the result leaves x to be fused away.
    const signed = alpha > 0 ? y! : x!;
    return [build.mul(g!, build.where(build.greater(signed, 0), 1, alpha))];
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
