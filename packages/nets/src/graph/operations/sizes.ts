import { minus } from "../dimension.ts";
import { applyOne, attribute, defineOperation, optionalAttribute, refuse, requiredAttribute } from "../operation.ts";
import { type ElementType, integers, type Tensor } from "../tensor.ts";

/** ONNX's numbers for the element types of a graph. */
export const elementNumbers: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** The sides of a tensor as an int64 vector, from axis `start` up to axis `end`. */
export const shapeOperation = defineOperation({
  type: "Shape",
  since: 15,
  arity: [1, 1],
  attributes: { start: attribute("int", 0), end: optionalAttribute("int") },
  infer([x], { start, end }) {
    const value = x!.shape.slice(start, end);
    return [{ element: "int64", shape: [value.length], value }];
  },
});

/** 0, 1, 2 … or another arithmetic sequence. Inputs: start, limit (left out), step; scalars. */
export const rangeOperation = defineOperation({
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

/** Another element type; float32 to whole numbers rounds towards zero. */
export const castOperation = defineOperation({
  type: "Cast",
  since: 13,
  arity: [1, 1],
  attributes: { to: requiredAttribute("int", elementNumbers.float32) },
  infer([x], { to }) {
    const element = (Object.keys(elementNumbers) as ElementType[]).find((type) => elementNumbers[type] === to);
    if (!element) throw refuse("Cast", `to the ONNX type ${to} is not supported`);
    return [{ element, shape: x!.shape, value: element === "int64" ? x!.value : undefined }];
  },
  gradient: (_, [g]) => [g],
});

/** The sides of x from axis `start` up to axis `end` (default: the last) as an int64 vector. */
export function shapeOf(x: Tensor, start = 0, end?: number): Tensor {
  return applyOne(shapeOperation, [x], { start, end });
}

/** The length of x along an axis as an int64 vector of one element. */
export function sizeOf(x: Tensor, axis: number): Tensor {
  return shapeOf(x, axis, axis + 1);
}

/**
 * The whole numbers from 0 up to `count`, an int64 scalar.
 *
 * @throws {KindlingError} `invalid-model` where the count is not known from the sizes of the graph.
 */
export function range(count: Tensor): Tensor {
  return applyOne(rangeOperation, [integers(0), count, integers(1)]);
}

/** x as another element type; float32 to int64 rounds towards zero. */
export function cast(x: Tensor, to: ElementType): Tensor {
  return applyOne(castOperation, [x], { to: elementNumbers[to] });
}
