import { same } from "../dimension.ts";
import { applyOne, attribute, type Build, defineOperation, floatShape, inPlace, refuse } from "../operation.ts";
import { integers, type Tensor } from "../tensor.ts";
import type { Operand } from "./broadcast.ts";

/** The axis as a number from 0; negative axes count from the end. */
export function normaliseAxis(type: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank) throw refuse(type, `axis ${axis} of rank ${rank}`);
  return normal;
}

/** Axes given as an int64 tensor, which must be fixed in the graph. */
export function axesOf(type: string, axes: Tensor | undefined, rank: number): number[] {
  if (!axes) return Array.from({ length: rank }, (_, axis) => axis);
  if (!axes.value?.every((axis) => typeof axis === "number")) throw refuse(type, "its axes must be fixed in the graph");
  return (axes.value as readonly number[]).map((axis) => normaliseAxis(type, axis, rank));
}

/** The number of elements along some axes of x, as a float32 scalar of the graph or a number. */
export function elementCount(build: Build, x: Tensor, axes: readonly number[]): Operand {
  const sides = axes.map((axis) => x.shape[axis]);
  if (sides.every((side) => typeof side === "number")) return sides.reduce<number>((a, b) => a * (b as number), 1);
  const sizes = axes.map((axis) => build.sizeOf(x, axis)).reduce((a, b) => build.mul(a, b));
  return build.cast(build.squeeze(sizes, [0]), "float32");
}

/** The gradient of a reduction of x to y, given with the reduced axes still there. */
type ReductionGradient = (build: Build, gradient: Tensor, x: Tensor, y: Tensor, axes: readonly number[]) => Tensor;

/** All that reach the extremum share its gradient evenly. */
const toExtrema: ReductionGradient = (build, gradient, x, y, axes) => {
  const reached = build.cast(build.equal(x, y), "float32");
  return build.mul(reached, build.div(gradient, build.reduceSum(reached, axes)));
};

function reduction(type: string, since: number, gradient: ReductionGradient) {
  return defineOperation({
    type,
    since,
    arity: [1, 2],
    attributes: { keepdims: attribute("int", 1), noop_with_empty_axes: attribute("int", 0) },
    infer([x, axes], { keepdims }) {
      const shape = floatShape(type, x);
      const reduced = axesOf(type, axes, shape.length);
      if (axes && reduced.length === 0) throw refuse(type, "an empty list of axes is not supported");
      return [
        {
          element: "float32",
          shape:
            keepdims === 1
              ? shape.map((side, axis) => (reduced.includes(axis) ? 1 : side))
              : shape.filter((_, axis) => !reduced.includes(axis)),
        },
      ];
    },
    reach([x, axes], _, axis) {
      const rank = x!.shape.length;
      const reduced = axesOf(type, axes, rank);
      const whole = reduced.includes(axis) && !same(x!.shape[axis], 1);
      return whole ? undefined : inPlace;
    },
    gradient({ inputs: [x, axes], outputs: [y], attributes: { keepdims } }, [g], build) {
      const reduced = axesOf(type, axes, x!.shape.length);
      const kept = (tensor: Tensor) => (keepdims === 1 ? tensor : build.unsqueeze(tensor, reduced));
      return [gradient(build, kept(g!), x!, kept(y!), reduced)];
    },
  });
}

/** The mean along axes. */
export const reduceMeanOperation = reduction("ReduceMean", 18, (build, g, x, _, axes) =>
  build.expand(build.div(g, elementCount(build, x, axes)), build.shapeOf(x)),
);
/** The sum along axes. */
export const reduceSumOperation = reduction("ReduceSum", 13, (build, g, x) => build.expand(g, build.shapeOf(x)));
/** The largest along axes. */
export const reduceMaxOperation = reduction("ReduceMax", 18, toExtrema);
/** The smallest along axes. */
export const reduceMinOperation = reduction("ReduceMin", 18, toExtrema);

function reduce(operation: typeof reduceMeanOperation, x: Tensor, axes?: readonly number[], keep = true): Tensor {
  return applyOne(operation, axes ? [x, integers(axes)] : [x], { keepdims: keep ? 1 : 0 });
}

/** The mean along `axes` (default: all), which stay as sides of 1 unless `keep` is false. */
export function reduceMean(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMeanOperation, x, axes, keep);
}

/** The sum along `axes` (default: all), which stay as sides of 1 unless `keep` is false. */
export function reduceSum(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceSumOperation, x, axes, keep);
}

/** The largest value along `axes` (default: all), which stay as sides of 1 unless `keep` is false. */
export function reduceMax(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMaxOperation, x, axes, keep);
}

/** The smallest value along `axes` (default: all), which stay as sides of 1 unless `keep` is false. */
export function reduceMin(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMinOperation, x, axes, keep);
}
