import { applyOne, defineOperation, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { applyPair, broadcastShape, type Operand, pairwise, sumTo, tensorOf } from "./broadcast.ts";

const numbers = ["float32", "int64"] as const;

/** 1 where equal. */
export const equalOperation = pairwise({
  type: "Equal",
  since: 13,
  elements: ["float32", "int64", "bool"],
  result: "bool",
});
/** 1 where the first is larger. */
export const greaterOperation = pairwise({ type: "Greater", since: 13, elements: numbers, result: "bool" });
/** 1 where the first is smaller. */
export const lessOperation = pairwise({ type: "Less", since: 13, elements: numbers, result: "bool" });

/** The second where the condition holds, else the third. */
export const whereOperation = defineOperation({
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

/** Where a equals b, as bool. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function equal(a: Operand, b: Operand): Tensor {
  return applyPair(equalOperation, a, b);
}

/** Where a is larger than b, as bool. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function greater(a: Operand, b: Operand): Tensor {
  return applyPair(greaterOperation, a, b);
}

/** Where a is smaller than b, as bool. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function less(a: Operand, b: Operand): Tensor {
  return applyPair(lessOperation, a, b);
}

/** a where the condition holds, else b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return applyOne(whereOperation, [condition, tensorOf(a), tensorOf(b)]);
}
