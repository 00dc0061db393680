import { applyOne, defineOperation, refuse } from "../operation.ts";
import { constant, type Operation, type Tensor } from "../tensor.ts";
import { unary } from "./broadcast.ts";

/** Limits to the range from the second input to the third, both scalars. */
const clipOperation = defineOperation({
  type: "Clip",
  since: 13,
  arity: [1, 3],
  fixed: [1, 2],
  attributes: {},
  infer([x, least, most]) {
    for (const limit of [least, most]) {
      if (limit && (limit.shape.length > 0 || limit.element !== x!.element))
        throw refuse("Clip", "limits must be scalars of x's type");
    }
    return [{ element: x!.element, shape: x!.shape }];
  },
  // A value equal to a limit is within the range and gets its gradient.
  gradient: ({ inputs: [x], outputs: [y] }, [g], build) => [build.where(build.equal(x!, y!), g!, 0)],
});

/** Absolute value. */
const absOperation = unary("Abs", 13, (build, g, x) => build.mul(g, build.sign(x)));
/** The negative. */
const negOperation = unary("Neg", 13, (build, g) => build.neg(g));
/** e to the power of x. */
const expOperation = unary("Exp", 13, (build, g, _, y) => build.mul(g, y));
/** Natural logarithm. */
const logOperation = unary("Log", 13, (build, g, x) => build.div(g, x));
/** Square root. */
const sqrtOperation = unary("Sqrt", 13, (build, g, _, y) => build.div(build.mul(g, 0.5), y));
/** Rounded down. */
const floorOperation = unary("Floor", 13, () => undefined);
/** -1, 0 or 1. */
const signOperation = unary("Sign", 13, () => undefined);

/** The operations of this family. */
export const functionOperations: readonly Operation[] = [
  clipOperation,
  absOperation,
  negOperation,
  expOperation,
  logOperation,
  sqrtOperation,
  floorOperation,
  signOperation,
];

/**
 * Absolute value.
 *
 * @example
 * // runs
 * const error = reduceMean(abs(sub(image, target)), undefined, false); // []
 */
export function abs(x: Tensor): Tensor {
  return applyOne(absOperation, [x]);
}

/**
 * The negative.
 *
 * @example
 * // runs
 * const negative = neg(image); // [1, 3, 64, 96]
 */
export function neg(x: Tensor): Tensor {
  return applyOne(negOperation, [x]);
}

/**
 * e to the power of x.
 *
 * @example
 * // runs
 * const gains = exp(globalAveragePool(image)); // [1, 3, 1, 1]
 */
export function exp(x: Tensor): Tensor {
  return applyOne(expOperation, [x]);
}

/**
 * Natural logarithm.
 *
 * @example
 * // runs
 * const logarithm = log(add(image, 1 / 255)); // [1, 3, 64, 96]
 */
export function log(x: Tensor): Tensor {
  return applyOne(logOperation, [x]);
}

/**
 * Square root.
 *
 * @example
 * // runs
 * const length = sqrt(reduceSum(mul(image, image), [1])); // [1, 1, 64, 96]
 */
export function sqrt(x: Tensor): Tensor {
  return applyOne(sqrtOperation, [x]);
}

/**
 * Rounded down.
 *
 * @example
 * // runs
 * const level = floor(mul(image, 255)); // [1, 3, 64, 96]
 */
export function floor(x: Tensor): Tensor {
  return applyOne(floorOperation, [x]);
}

/**
 * -1, 0 or 1.
 *
 * @example
 * // runs
 * const direction = sign(sub(target, image)); // [1, 3, 64, 96]
 */
export function sign(x: Tensor): Tensor {
  return applyOne(signOperation, [x]);
}

/**
 * x limited to the range from `least` to `most`.
 *
 * @example
 * // runs
 * const shown = clip(mul(image, 3), 0, 1); // [1, 3, 64, 96]
 */
export function clip(x: Tensor, least: number, most: number): Tensor {
  return applyOne(clipOperation, [x, constant(least), constant(most)]);
}
