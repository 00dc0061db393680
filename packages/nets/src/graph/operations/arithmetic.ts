import { floorDivide, minus, plus, smaller, times } from "../dimension.ts";
import { applyOne, attribute, type Build, defineOperation, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { applyPair, broadcastShape, type Operand, pairwise } from "./broadcast.ts";

const numbers = ["float32", "int64"] as const;

/** Sum. */
export const addOperation = pairwise({
  type: "Add",
  since: 14,
  elements: numbers,
  sizes: plus,
  gradient: (_, g) => [g, g],
});
/** Difference. */
export const subOperation = pairwise({
  type: "Sub",
  since: 14,
  elements: numbers,
  sizes: minus,
  gradient: (build, g) => [g, build.neg(g)],
});
/** Product. */
export const mulOperation = pairwise({
  type: "Mul",
  since: 14,
  elements: numbers,
  sizes: times,
  gradient: (build, g, a, b) => [build.mul(g, b), build.mul(g, a)],
});
/** Quotient; of whole numbers rounded towards zero. */
export const divOperation = pairwise({
  type: "Div",
  since: 14,
  elements: numbers,
  sizes: (x, y) => (typeof y === "number" && y > 0 ? floorDivide(x, y) : undefined),
  gradient(build, g, _, b, y) {
    const da = build.div(g, b);
    return [da, build.neg(build.mul(da, y))];
  },
});
/** Power. */
export const powOperation = pairwise({
  type: "Pow",
  since: 15,
  elements: ["float32"],
  gradient: (build, g, a, b, y) => [
    build.mul(g, build.mul(b, build.pow(a, build.sub(b, 1)))),
    build.mul(g, build.mul(y, build.log(a))),
  ],
});
/** The smaller of two. */
export const minOperation = pairwise({
  type: "Min",
  since: 13,
  elements: numbers,
  sizes: smaller,
  gradient: (build, g, a, b) => shared(build, g, build.sub(b, a)),
});
/** The larger of two. */
export const maxOperation = pairwise({
  type: "Max",
  since: 13,
  elements: numbers,
  sizes: (x, y) => minus(plus(x, y), smaller(x, y)),
  gradient: (build, g, a, b) => shared(build, g, build.sub(a, b)),
});

/** A gradient to the first where it leads, to the second where it trails, half to each where they are equal. */
function shared(build: Build, gradient: Tensor, lead: Tensor): [Tensor, Tensor] {
  const first = build.mul(gradient, build.mul(build.add(build.sign(lead), 1), 0.5));
  return [first, build.sub(gradient, first)];
}

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
