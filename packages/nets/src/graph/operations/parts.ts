import { type Dimension, formatShape, minus, plus, same, smaller } from "../dimension.ts";
import { applyOne, attribute, defineOperation, inPlace, knownSizes, refuse, requiredAttribute } from "../operation.ts";
import { integers, type Tensor, type TensorType } from "../tensor.ts";
import { axesOf, normaliseAxis } from "./reduction.ts";

/** Longer int64 vectors are indices, not sizes: their elements are not followed. */
const longestSizes = 64;

/** Joins tensors along an axis. */
export const concatOperation = defineOperation({
  type: "Concat",
  since: 13,
  arity: [1, 4096],
  attributes: { axis: requiredAttribute("int", 0) },
  infer(inputs, { axis }): readonly TensorType[] {
    const [first, ...others] = inputs as readonly Tensor[];
    const along = normaliseAxis("Concat", axis, first.shape.length);
    const shape = [...first.shape];
    for (const other of others) {
      const fits = other.shape.every((side, i) => i === along || (i < shape.length && same(side, shape[i])));
      if (!fits || other.shape.length !== shape.length || other.element !== first.element) {
        throw refuse(
          "Concat",
          `${formatShape(other.shape)} does not fit beside ${formatShape(shape)} along axis ${along}`,
        );
      }
      shape[along] = plus(shape[along], other.shape[along]);
    }
    const values = inputs.flatMap<Dimension | undefined>((tensor) => tensor!.value ?? [undefined]);
    const known = shape.length === 1 && values.length <= longestSizes && values.every((value) => value !== undefined);
    return [{ element: first.element, shape, value: known ? (values as Dimension[]) : undefined }];
  },
  reach([x], attributes, axis) {
    return normaliseAxis("Concat", attributes.axis, x!.shape.length) === axis ? undefined : inPlace;
  },
});

/** A part of a tensor. Inputs: x, starts, ends, axes, steps (only 1). */
export const sliceOperation = defineOperation({
  type: "Slice",
  since: 13,
  arity: [3, 5],
  attributes: {},
  infer([x, starts, ends, axes, steps]): readonly TensorType[] {
    const from = knownSizes("Slice", "starts", starts);
    const to = knownSizes("Slice", "ends", ends);
    if (steps && !knownSizes("Slice", "steps", steps).every((step) => step === 1))
      throw refuse("Slice", "only steps of 1 are supported");
    const along = axes ? axesOf("Slice", axes, x!.shape.length) : from.map((_, axis) => axis);
    if (from.length !== along.length || to.length !== along.length || along.length > x!.shape.length) {
      throw refuse("Slice", "starts, ends and axes must be equally many");
    }
    const shape = [...x!.shape];
    const bounds = along.map((axis, i) => [border(from[i], shape[axis]), border(to[i], shape[axis])] as const);
    along.forEach((axis, i) => {
      const length = minus(bounds[i][1], bounds[i][0]);
      shape[axis] = typeof length === "number" ? Math.max(length, 0) : length;
    });
    const [[first, last] = [0, 0]] = bounds;
    const known = x!.value && shape.length === 1 && typeof first === "number" && typeof last === "number";
    return [{ element: x!.element, shape, value: known ? x!.value!.slice(first, last) : undefined }];
  },
  reach([x, starts, , axes], _, axis) {
    const along = axesOf("Slice", axes, x!.shape.length).indexOf(axis);
    if (along < 0) return inPlace;
    const start = starts!.value![along];
    if (typeof start !== "number" || start < 0) return undefined;
    return { scale: 1, needs: ({ first, last }) => ({ first: first + start, last: last + start }) };
  },
});

/** A start or end as a position from 0 to the length of the side. */
function border(position: Dimension, side: Dimension): Dimension {
  // Files say "to the end" with numbers far beyond any side.
  if (typeof position === "number" && position >= 2 ** 31 - 1) return side;
  if (typeof position === "number" && position < 0) return plus(side, position);
  return smaller(position, side);
}

/** Elements at the given indices along an axis. Inputs: x, indices (int64). */
export const gatherOperation = defineOperation({
  type: "Gather",
  since: 13,
  arity: [2, 2],
  attributes: { axis: attribute("int", 0) },
  infer([x, indices], attributes): readonly TensorType[] {
    if (indices!.element !== "int64") throw refuse("Gather", "its indices must be int64");
    const axis = normaliseAxis("Gather", attributes.axis, x!.shape.length);
    const shape = [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)];
    const picked =
      shape.length <= 1 ? indices!.value?.map((i) => (typeof i === "number" ? x!.value?.at(i) : undefined)) : undefined;
    const known = picked?.every((value) => value !== undefined) ? picked : undefined;
    return [{ element: x!.element, shape, value: known }];
  },
  reach([x, indices], attributes, axis) {
    const along = normaliseAxis("Gather", attributes.axis, x!.shape.length);
    return along === axis || indices!.shape.length !== 1 ? undefined : inPlace;
  },
});

/** Adds a border. Inputs: x, pads (all starts, then all ends), the value of a constant border. */
export const padOperation = defineOperation({
  type: "Pad",
  since: 13,
  arity: [2, 3],
  fixed: [2],
  attributes: { mode: attribute("string", "constant") },
  infer([x, pads], { mode }): readonly TensorType[] {
    const rank = x!.shape.length;
    const amounts = knownSizes("Pad", "pads", pads);
    if (amounts.length !== 2 * rank || !["constant", "reflect", "edge"].includes(mode))
      throw refuse("Pad", `mode ${mode} with ${amounts.length} amounts`);
    return [
      {
        element: x!.element,
        shape: x!.shape.map((side, axis) => plus(side, plus(amounts[axis], amounts[axis + rank]))),
      },
    ];
  },
  reach([, pads], _, axis) {
    const before = pads!.value![axis];
    if (typeof before !== "number") return undefined;
    return { scale: 1, needs: ({ first, last }) => ({ first: first - before, last: last - before }) };
  },
});

/** Joins tensors along an axis. @throws {KindlingError} `invalid-model` where the other sides differ. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  return applyOne(concatOperation, tensors, { axis });
}

/** A start or end of a slice: a number, or an int64 vector of one element. */
export type Position = number | Tensor;

/** The part of x from `start` up to `end` along an axis. */
export function slice(x: Tensor, axis: number, start: Position, end: Position): Tensor {
  const at = (position: Position) => (typeof position === "number" ? integers([position]) : position);
  return applyOne(sliceOperation, [x, at(start), at(end), integers([axis])]);
}

/** The elements of x at `indices` (int64) along an axis. */
export function gather(x: Tensor, indices: Tensor, axis: number): Tensor {
  return applyOne(gatherOperation, [x, indices], { axis });
}

/** x with a border: `pads` holds the starts of all sides, then the ends. */
export function pad(x: Tensor, pads: readonly number[], mode: "constant" | "reflect" | "edge" = "constant"): Tensor {
  return applyOne(padOperation, [x, integers(pads)], { mode });
}
