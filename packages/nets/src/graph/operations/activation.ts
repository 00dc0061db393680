import { attribute } from "../attribute.ts";
import { applyOne, defineOperation, floatShape } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";
import { unary } from "./broadcast.ts";

/** Replaces negative values by 0. */
const reluOperation = unary("Relu", 14, (build, g, _, y) => build.mul(g, build.sign(y)));
/** 1 / (1 + e^-x): from 0 to 1. */
const sigmoidOperation = unary("Sigmoid", 13, (build, g, _, y) => build.mul(g, build.mul(y, build.sub(1, y))));
/** Hyperbolic tangent: from -1 to 1. */
const tanhOperation = unary("Tanh", 13, (build, g, _, y) => build.mul(g, build.sub(1, build.mul(y, y))));

/** Multiplies negative values by `alpha`. */
const leakyReluOperation = defineOperation({
  type: "LeakyRelu",
  since: 6,
  arity: [1, 1],
  attributes: { alpha: attribute("float", Math.fround(0.01)) },
  infer([x]) {
    return [{ element: "float32", shape: floatShape("LeakyRelu", x) }];
  },
  gradient({ inputs: [x], outputs: [y], attributes: { alpha } }, [g], build) {
    // If the slope is positive, y has the sign of x; without a use of x here, runtimes can fuse x away.
    const signed = alpha > 0 ? y! : x!;
    return [build.mul(g!, build.where(build.greater(signed, 0), 1, alpha))];
  },
});

/** The operations of this family. */
export const activationOperations: readonly Operation[] = [
  reluOperation,
  leakyReluOperation,
  sigmoidOperation,
  tanhOperation,
];

/**
 * Replaces negative values by 0.
 *
 * @example
 * // runs
 * const features = relu(convolution(scope.at("relu"), image, { channels: 16 })); // [1, 16, 64, 96]
 */
export function relu(x: Tensor): Tensor {
  return applyOne(reluOperation, [x]);
}

/**
 * Multiplies negative values by `slope`.
 *
 * @example
 * // runs
 * const features = leakyRelu(convolution(scope.at("leaky"), image, { channels: 16 }), 0.2); // [1, 16, 64, 96]
 */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  // Files hold a float32; rounding here keeps a graph equal to the one read back from its file.
  return applyOne(leakyReluOperation, [x], { alpha: Math.fround(slope) });
}

/**
 * 1 / (1 + e^-x): from 0 to 1.
 *
 * @example
 * // runs
 * const illumination = sigmoid(convolution(scope.at("light"), image, { channels: 1 })); // [1, 1, 64, 96]
 */
export function sigmoid(x: Tensor): Tensor {
  return applyOne(sigmoidOperation, [x]);
}

/**
 * Hyperbolic tangent: from -1 to 1.
 *
 * @example
 * // runs
 * const curves = tanh(convolution(scope.at("curves"), image, { channels: 24 })); // [1, 24, 64, 96]
 */
export function tanh(x: Tensor): Tensor {
  return applyOne(tanhOperation, [x]);
}
