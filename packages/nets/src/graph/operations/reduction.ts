import { attribute } from "../attribute.ts";
import { same } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import { inPlace } from "../reach.ts";
import { type Build, integers, type Operation, type Tensor } from "../tensor.ts";
import { axesOf, elementsAlong } from "./axes.ts";

/** The gradient of a reduction of x to y; the gradient of y and y itself have the reduced axes as sides of 1. */
type ReductionGradient = (build: Build, gradient: Tensor, x: Tensor, y: Tensor, axes: readonly number[]) => Tensor;

/** Shares the gradient evenly among all elements equal to the extremum. */
const toExtrema: ReductionGradient = (build, gradient, x, y, axes) => {
  const reached = build.cast(build.equal(x, y), "float32");
  return build.mul(reached, build.div(gradient, build.reduceSum(reached, axes)));
};

/** Defines a reduction. Inputs: x, axes (default: all). */
function defineReduction(type: string, since: number, gradient: ReductionGradient) {
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
const reduceMeanOperation = defineReduction("ReduceMean", 18, (build, g, x, _, axes) =>
  build.expand(build.div(g, elementsAlong(build, x, axes)), build.shapeOf(x)),
);
/** The sum along axes. */
const reduceSumOperation = defineReduction("ReduceSum", 13, (build, g, x) => build.expand(g, build.shapeOf(x)));
/** The largest along axes. */
const reduceMaxOperation = defineReduction("ReduceMax", 18, toExtrema);
/** The smallest along axes. */
const reduceMinOperation = defineReduction("ReduceMin", 18, toExtrema);

/** The operations of this family. */
export const reductionOperations: readonly Operation[] = [
  reduceMeanOperation,
  reduceSumOperation,
  reduceMaxOperation,
  reduceMinOperation,
];

function reduce(operation: typeof reduceMeanOperation, x: Tensor, axes?: readonly number[], keep = true): Tensor {
  return applyOne(operation, axes ? [x, integers(axes)] : [x], { keepdims: keep ? 1 : 0 });
}

/**
 * The mean along `axes` (default: all), kept as sides of 1 unless `keep` is false.
 *
 * @example
 * // runs
 * const grey = reduceMean(image, [1]); // [1, 1, 64, 96]
 * const brightness = reduceMean(image, undefined, false); // []
 */
export function reduceMean(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMeanOperation, x, axes, keep);
}

/**
 * The sum along `axes` (default: all), kept as sides of 1 unless `keep` is false.
 *
 * @example
 * // runs
 * const energy = reduceSum(mul(image, image), [1, 2, 3]); // [1, 1, 1, 1]
 */
export function reduceSum(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceSumOperation, x, axes, keep);
}

/**
 * The largest value along `axes` (default: all), kept as sides of 1 unless `keep` is false.
 *
 * @example
 * // runs
 * const illumination = reduceMax(image, [1]); // [1, 1, 64, 96]
 */
export function reduceMax(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMaxOperation, x, axes, keep);
}

/**
 * The smallest value along `axes` (default: all), kept as sides of 1 unless `keep` is false.
 *
 * @example
 * // runs
 * const darkChannel = reduceMin(image, [1]); // [1, 1, 64, 96]
 */
export function reduceMin(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor {
  return reduce(reduceMinOperation, x, axes, keep);
}
