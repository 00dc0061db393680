import { attribute, optionalAttribute, requiredAttribute } from "../attribute.ts";
import { minus } from "../dimension.ts";
import { type ElementType, elementNumbers, findElementType } from "../element-type.ts";
import { applyOne, defineOperation, refuse } from "../operation.ts";
import { integers, type Operation, type Tensor } from "../tensor.ts";

/** The sides of a tensor as an int64 vector, from axis `start` up to axis `end`. */
const shapeOperation = defineOperation({
  type: "Shape",
  since: 15,
  arity: [1, 1],
  attributes: { start: attribute("int", 0), end: optionalAttribute("int") },
  infer([x], { start, end }) {
    const value = x!.shape.slice(start, end);
    return [{ element: "int64", shape: [value.length], value }];
  },
});

/** An arithmetic sequence. Inputs: start, limit (exclusive), step; scalars. */
const rangeOperation = defineOperation({
  type: "Range",
  since: 11,
  arity: [3, 3],
  attributes: {},
  infer([start, limit, step]) {
    const [from, to, by] = [start, limit, step].map((tensor) => {
      if (tensor!.element !== "int64" || tensor!.shape.length > 0) throw refuse("Range", "it needs int64 scalars");
      return tensor!.value?.[0];
    });
    if (from === undefined || to === undefined || by !== 1) {
      throw refuse("Range", "its ends must be sizes known in the graph, its step 1");
    }
    return [{ element: "int64", shape: [minus(to, from)] }];
  },
});

/** Converts to another element type; float32 to integers rounds towards zero. */
const castOperation = defineOperation({
  type: "Cast",
  since: 13,
  arity: [1, 1],
  attributes: { to: requiredAttribute("int", elementNumbers.float32) },
  infer([x], { to }) {
    const element = findElementType(to);
    if (!element) throw refuse("Cast", `to the ONNX type ${to} is not supported`);
    return [{ element, shape: x!.shape, value: element === "int64" ? x!.value : undefined }];
  },
  gradient: (_, [g]) => [g],
});

/** The operations of this family. */
export const sizeOperations: readonly Operation[] = [shapeOperation, rangeOperation, castOperation];

/**
 * The sides of x from axis `start` up to axis `end` (default: the last) as an int64 vector.
 *
 * @example
 * // runs
 * const heightAndWidth = shapeOf(image, 2); // [2]
 */
export function shapeOf(x: Tensor, start = 0, end?: number): Tensor {
  return applyOne(shapeOperation, [x], { start, end });
}

/**
 * The length of x along an axis as an int64 vector of one element.
 *
 * @example
 * // runs
 * const height = sizeOf(image, 2); // [1]
 */
export function sizeOf(x: Tensor, axis: number): Tensor {
  return shapeOf(x, axis, axis + 1);
}

/**
 * The integers from 0 up to `count` - 1; `count` is an int64 scalar.
 *
 * @throws {KindlingError} `invalid-model` if the count is not known from the sizes of the graph.
 * @example
 * // runs
 * const columns = range(squeeze(sizeOf(image, 3), [0])); // [96]
 */
export function range(count: Tensor): Tensor {
  return applyOne(rangeOperation, [integers(0), count, integers(1)]);
}

/**
 * Converts x to another element type; float32 to int64 rounds towards zero.
 *
 * @example
 * // runs
 * const height = cast(sizeOf(image, 2), "float32"); // [1]
 */
export function cast(x: Tensor, to: ElementType): Tensor {
  return applyOne(castOperation, [x], { to: elementNumbers[to] });
}
