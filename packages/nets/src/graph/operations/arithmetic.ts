import { floorDivide, minus, plus, smaller, times } from "../dimension.ts";
import { applyOne, attribute, defineOperation, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { applyPair, broadcastShape, type Operand, pairwise } from "./broadcast.ts";

const numbers = ["float32", "int64"] as const;

/** Sum. */
export const addOperation = pairwise({ type: "Add", since: 14, elements: numbers, sizes: plus });
/** Difference. */
export const subOperation = pairwise({ type: "Sub", since: 14, elements: numbers, sizes: minus });
/** Product. */
export const mulOperation = pairwise({ type: "Mul", since: 14, elements: numbers, sizes: times });
/** Quotient; of whole numbers rounded towards zero. */
export const divOperation = pairwise({
  type: "Div",
  since: 14,
  elements: numbers,
  sizes: (x, y) => (typeof y === "number" && y > 0 ? floorDivide(x, y) : undefined),
});
/** Power. */
export const powOperation = pairwise({ type: "Pow", since: 15, elements: ["float32"] });
/** The smaller of two. */
export const minOperation = pairwise({ type: "Min", since: 13, elements: numbers, sizes: smaller });
/** The larger of two. */
export const maxOperation = pairwise({
  type: "Max",
  since: 13,
  elements: numbers,
  sizes: (x, y) => minus(plus(x, y), smaller(x, y)),
});
/** Remainder of whole numbers, with the sign of the divisor. */
export const modOperation = defineOperation({
  type: "Mod",
  since: 13,
  arity: [2, 2],
  attributes: { fmod: attribute("int", 0) },
  infer([a, b], { fmod }) {
    if (a!.element !== "int64" || b!.element !== "int64" || fmod !== 0) {
      throw refuse("Mod", "only whole numbers (int64, fmod 0) are supported");
    }
    return [{ element: "int64", shape: broadcastShape("Mod", [a!.shape, b!.shape]) }];
  },
});

/** a + b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function add(a: Operand, b: Operand): Tensor {
  return applyPair(addOperation, a, b);
}

/** a - b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function sub(a: Operand, b: Operand): Tensor {
  return applyPair(subOperation, a, b);
}

/** a * b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function mul(a: Operand, b: Operand): Tensor {
  return applyPair(mulOperation, a, b);
}

/** a / b; whole numbers are rounded towards zero. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function div(a: Operand, b: Operand): Tensor {
  return applyPair(divOperation, a, b);
}

/** a to the power of b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function pow(a: Operand, b: Operand): Tensor {
  return applyPair(powOperation, a, b);
}

/** The smaller of a and b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function min(a: Operand, b: Operand): Tensor {
  return applyPair(minOperation, a, b);
}

/** The larger of a and b. @throws {KindlingError} `invalid-model` where the shapes do not broadcast. */
export function max(a: Operand, b: Operand): Tensor {
  return applyPair(maxOperation, a, b);
}

/**
 * What remains of a after division by b, both int64, with the sign of b.
 *
 * @throws {KindlingError} `invalid-model` where they are not int64 or do not broadcast.
 */
export function mod(a: Tensor, b: Tensor): Tensor {
  return applyOne(modOperation, [a, b]);
}
