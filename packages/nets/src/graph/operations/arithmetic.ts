import { attribute } from "../attribute.ts";
import { floorDivide, minus, plus, smaller, times } from "../dimension.ts";
import { applyOne, defineOperation, refuse } from "../operation.ts";
import type { Build, Operation, Tensor } from "../tensor.ts";
import { applyPair, broadcastShape, numeric, type Operand, pairwise } from "./broadcast.ts";

/** Sum. */
const addOperation = pairwise({
  type: "Add",
  since: 14,
  elements: numeric,
  sizes: plus,
  gradient: (_, g) => [g, g],
});
/** Difference. */
const subOperation = pairwise({
  type: "Sub",
  since: 14,
  elements: numeric,
  sizes: minus,
  gradient: (build, g) => [g, build.neg(g)],
});
/** Product. */
const mulOperation = pairwise({
  type: "Mul",
  since: 14,
  elements: numeric,
  sizes: times,
  gradient: (build, g, a, b) => [build.mul(g, b), build.mul(g, a)],
});
/** Quotient; of integers rounded towards zero. */
const divOperation = pairwise({
  type: "Div",
  since: 14,
  elements: numeric,
  sizes: (x, y) => (typeof y === "number" && y > 0 ? floorDivide(x, y) : undefined),
  gradient(build, g, _, b, y) {
    const da = build.div(g, b);
    return [da, build.neg(build.mul(da, y))];
  },
});
/** Power. */
const powOperation = pairwise({
  type: "Pow",
  since: 15,
  elements: ["float32"],
  gradient: (build, g, a, b, y) => [
    build.mul(g, build.mul(b, build.pow(a, build.sub(b, 1)))),
    build.mul(g, build.mul(y, build.log(a))),
  ],
});
/** The smaller of two. */
const minOperation = pairwise({
  type: "Min",
  since: 13,
  elements: numeric,
  sizes: smaller,
  gradient: (build, g, a, b) => shareGradient(build, g, build.sub(b, a)),
});
/** The larger of two. */
const maxOperation = pairwise({
  type: "Max",
  since: 13,
  elements: numeric,
  sizes: (x, y) => minus(plus(x, y), smaller(x, y)),
  gradient: (build, g, a, b) => shareGradient(build, g, build.sub(a, b)),
});

/** Gives the gradient to the first input if `lead` is positive, to the second if negative, half to each if 0. */
function shareGradient(build: Build, gradient: Tensor, lead: Tensor): [Tensor, Tensor] {
  const first = build.mul(gradient, build.mul(build.add(build.sign(lead), 1), 0.5));
  return [first, build.sub(gradient, first)];
}

/** Remainder of integers, with the sign of the divisor. */
const modOperation = defineOperation({
  type: "Mod",
  since: 13,
  arity: [2, 2],
  attributes: { fmod: attribute("int", 0) },
  infer([a, b], { fmod }) {
    if (a!.element !== "int64" || b!.element !== "int64" || fmod !== 0) {
      throw refuse("Mod", "only integers (int64, fmod 0) are supported");
    }
    return [{ element: "int64", shape: broadcastShape("Mod", [a!.shape, b!.shape]) }];
  },
});

/** The operations of this family. */
export const arithmeticOperations: readonly Operation[] = [
  addOperation,
  subOperation,
  mulOperation,
  divOperation,
  powOperation,
  minOperation,
  maxOperation,
  modOperation,
];

/**
 * a + b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const residual = add(image, convolution(scope.at("residual"), image, { channels: 3 })); // [1, 3, 64, 96]
 */
export function add(a: Operand, b: Operand): Tensor {
  return applyPair(addOperation, a, b);
}

/**
 * a - b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const inverted = sub(1, image); // [1, 3, 64, 96]
 */
export function sub(a: Operand, b: Operand): Tensor {
  return applyPair(subOperation, a, b);
}

/**
 * a * b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const gain = constant([1.1, 1, 0.9], [3, 1, 1]);
 * const warmer = mul(image, gain); // [1, 3, 64, 96]
 */
export function mul(a: Operand, b: Operand): Tensor {
  return applyPair(mulOperation, a, b);
}

/**
 * a / b; integers are rounded towards zero.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const reflectance = div(image, add(reduceMax(image, [1]), 0.01)); // [1, 3, 64, 96]
 */
export function div(a: Operand, b: Operand): Tensor {
  return applyPair(divOperation, a, b);
}

/**
 * a to the power of b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const brighter = pow(image, 1 / 2.2); // [1, 3, 64, 96]
 */
export function pow(a: Operand, b: Operand): Tensor {
  return applyPair(powOperation, a, b);
}

/**
 * The smaller of a and b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const clipped = min(mul(image, 4), 1); // [1, 3, 64, 96]
 */
export function min(a: Operand, b: Operand): Tensor {
  return applyPair(minOperation, a, b);
}

/**
 * The larger of a and b.
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not broadcast.
 * @example
 * // runs
 * const lighter = max(image, target); // [1, 3, 64, 96]
 */
export function max(a: Operand, b: Operand): Tensor {
  return applyPair(maxOperation, a, b);
}

/**
 * The remainder of a divided by b, both int64, with the sign of b.
 *
 * @throws {KindlingError} `invalid-model` if they are not int64 or do not broadcast.
 * @example
 * // runs
 * const missing = mod(sub(integers([0]), sizeOf(image, 2)), integers([40])); // [1]
 */
export function mod(a: Tensor, b: Tensor): Tensor {
  return applyOne(modOperation, [a, b]);
}
