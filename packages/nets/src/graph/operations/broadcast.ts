import { type Dimension, formatShape, same } from "../dimension.ts";
import type { ElementType } from "../element-type.ts";
import { applyOne, defineOperation, refuse } from "../operation.ts";
import { type Build, constant, type Node, type Operation, type Tensor, type TensorType } from "../tensor.ts";

/** The element types that arithmetic works on. */
export const numeric = ["float32", "int64"] as const;

/** Returns the shape that tensors broadcast to: sides of 1 are repeated, missing outer sides count as 1. */
export function broadcastShape(type: string, shapes: readonly (readonly Dimension[])[]): readonly Dimension[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    shapes.reduce<Dimension>((side, shape) => {
      const other = shape[shape.length - rank + axis] ?? 1;
      if (same(other, 1) || same(side, other)) return side;
      if (same(side, 1)) return other;
      throw refuse(type, `shapes ${shapes.map(formatShape).join(" and ")} do not broadcast`);
    }, 1),
  );
}

/** Computes the elements of a result from those of two small int64 tensors; undefined if any is unknown. */
function combine(
  a: Tensor,
  b: Tensor,
  each: ((x: Dimension, y: Dimension) => Dimension | undefined) | undefined,
): readonly Dimension[] | undefined {
  if (!each || !a.value || !b.value) return undefined;
  const [left, right] = [a.value, b.value];
  const length = left.length === 1 ? right.length : left.length;
  const values = Array.from({ length }, (_, i) =>
    each(left[left.length === 1 ? 0 : i], right[right.length === 1 ? 0 : i]),
  );
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** Sums a gradient over the axes along which broadcasting repeated a tensor, so that it has that tensor's shape. */
export function sumTo(build: Build, gradient: Tensor, tensor: Tensor): Tensor {
  const outer = gradient.shape.length - tensor.shape.length;
  const sides = gradient.shape.slice(outer);
  const stretched = sides.flatMap((side, axis) =>
    same(tensor.shape[axis], 1) && !same(side, 1) ? [axis + outer] : [],
  );
  const sum = stretched.length > 0 ? build.reduceSum(gradient, stretched) : gradient;
  if (outer === 0) return sum;
  return build.reduceSum(
    sum,
    Array.from({ length: outer }, (_, axis) => axis),
    false,
  );
}

/** What differs between operations on two tensors. */
export interface Pairwise {
  readonly type: string;
  readonly since: number;
  /** The element types it takes; both inputs have the same. */
  readonly elements: readonly ElementType[];
  /** The element type of the result; default that of the inputs. */
  readonly result?: ElementType;
  /** Computes one element for sizes known before the graph runs; undefined if it has no expression. */
  readonly sizes?: (x: Dimension, y: Dimension) => Dimension | undefined;
  /** The gradients of the inputs a and b, in the shape of the result y; left out if none can flow. */
  readonly gradient?: (build: Build, gradient: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor, Tensor];
}

/** Defines an operation on two tensors, position by position, with broadcasting. */
export function pairwise({ type, since, elements, result, sizes, gradient }: Pairwise) {
  return defineOperation({
    type,
    since,
    arity: [2, 2],
    attributes: {},
    infer([a, b]): readonly TensorType[] {
      if (a!.element !== b!.element || !elements.includes(a!.element)) {
        throw refuse(type, `it takes two tensors of ${elements.join(" or ")}, got ${a!.element} and ${b!.element}`);
      }
      const shape = broadcastShape(type, [a!.shape, b!.shape]);
      const value = shape.length <= 1 ? combine(a!, b!, sizes) : undefined;
      return [{ element: result ?? a!.element, shape, value }];
    },
    ...(gradient && {
      gradient: ({ inputs: [a, b], outputs: [y] }: Node, [g]: readonly (Tensor | undefined)[], build: Build) => {
        const [da, db] = gradient(build, g!, a!, b!, y!);
        return [sumTo(build, da, a!), sumTo(build, db, b!)];
      },
    }),
  });
}

/** A tensor, or a number for a float32 scalar. */
export type Operand = Tensor | number;

/** Returns an operand as a tensor. */
export function tensorOf(operand: Operand): Tensor {
  return typeof operand === "number" ? constant(operand) : operand;
}

/** Applies an operation on two tensors. */
export function applyPair(operation: Operation, a: Operand, b: Operand): Tensor {
  return applyOne(operation, [tensorOf(a), tensorOf(b)]);
}

/**
 * Defines an operation on one float32 tensor, position by position, without attributes.
 *
 * @param gradient computes the gradient of x from that of the result y; undefined if none flows.
 */
export function unary(
  type: string,
  since: number,
  gradient: (build: Build, gradient: Tensor, x: Tensor, y: Tensor) => Tensor | undefined,
) {
  return defineOperation({
    type,
    since,
    arity: [1, 1],
    attributes: {},
    infer([x]) {
      if (x!.element !== "float32") throw refuse(type, `it takes float32, got ${x!.element}`);
      return [{ element: "float32", shape: x!.shape }];
    },
    gradient: ({ inputs: [x], outputs: [y] }, [g], build) => [gradient(build, g!, x!, y!)],
  });
}
