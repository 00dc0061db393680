import { applyOne, defineOperation, refuse } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";
import { applyPair, broadcastShape, numeric, type Operand, pairwise, sumTo, tensorOf } from "./broadcast.ts";

/** Whether the inputs are equal. */
const equalOperation = pairwise({
  type: "Equal",
  since: 13,
  elements: [...numeric, "bool"],
  result: "bool",
});
/** Whether the first input is larger. */
const greaterOperation = pairwise({ type: "Greater", since: 13, elements: numeric, result: "bool" });
/** Whether the first input is smaller. */
const lessOperation = pairwise({ type: "Less", since: 13, elements: numeric, result: "bool" });

/** The second input if the condition holds, else the third, element by element. */
const whereOperation = defineOperation({
  type: "Where",
  since: 9,
  arity: [3, 3],
  attributes: {},
  infer([condition, a, b]) {
    if (condition!.element !== "bool" || a!.element !== b!.element) {
      throw refuse("Where", "it takes a condition (bool) and two tensors of one type");
    }
    return [{ element: a!.element, shape: broadcastShape("Where", [condition!.shape, a!.shape, b!.shape]) }];
  },
  gradient: ({ inputs: [condition, a, b] }, [g], build) => [
    undefined,
    sumTo(build, build.where(condition!, g!, 0), a!),
    sumTo(build, build.where(condition!, 0, g!), b!),
  ],
});

/** The operations of this family. */
export const comparisonOperations: readonly Operation[] = [
  equalOperation,
  greaterOperation,
  lessOperation,
  whereOperation,
];

/**
 * Whether a equals b, as bool.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const isBlack = equal(reduceMax(image, [1]), 0); // [1, 1, 64, 96]
 */
export function equal(a: Operand, b: Operand): Tensor {
  return applyPair(equalOperation, a, b);
}

/**
 * Whether a is larger than b, as bool.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const isBright = greater(image, 0.5); // [1, 3, 64, 96]
 */
export function greater(a: Operand, b: Operand): Tensor {
  return applyPair(greaterOperation, a, b);
}

/**
 * Whether a is smaller than b, as bool.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const isDark = less(reduceMean(image, [1]), 0.05); // [1, 1, 64, 96]
 */
export function less(a: Operand, b: Operand): Tensor {
  return applyPair(lessOperation, a, b);
}

/**
 * a if the condition holds, else b, element by element.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const guarded = where(less(image, 0.01), image, target); // [1, 3, 64, 96]
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return applyOne(whereOperation, [condition, tensorOf(a), tensorOf(b)]);
}
