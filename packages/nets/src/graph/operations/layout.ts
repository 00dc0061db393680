import { type Dimension, floorDivide, formatShape, minus, plus, product, same, smaller, times } from "../dimension.ts";
import {
  type AxisReach,
  applyOne,
  attribute,
  defineOperation,
  optionalAttribute,
  refuse,
  requiredAttribute,
} from "../operation.ts";
import { integers, type Tensor, type TensorType } from "../tensor.ts";
import { broadcastShape } from "./broadcast.ts";
import { axesOf, normaliseAxis } from "./reduction.ts";

/** Position by position along an axis. */
const inPlace: AxisReach = { scale: 1, needs: (span) => span };

/** Longer int64 vectors are indices, not sizes: their elements are not followed. */
const longestSizes = 64;

function sizesOf(type: string, what: string, sizes: Tensor | undefined): readonly Dimension[] {
  if (!sizes?.value) throw refuse(type, `its ${what} must be known from the sizes of the graph`);
  return sizes.value;
}

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
    const from = sizesOf("Slice", "starts", starts);
    const to = sizesOf("Slice", "ends", ends);
    if (steps && !sizesOf("Slice", "steps", steps).every((step) => step === 1))
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

/** The same elements in another shape; 0 keeps a side, -1 takes what is left. Inputs: x, shape. */
export const reshapeOperation = defineOperation({
  type: "Reshape",
  since: 14,
  arity: [2, 2],
  attributes: { allowzero: attribute("int", 0) },
  infer([x, target], { allowzero }): readonly TensorType[] {
    const wanted = sizesOf("Reshape", "shape", target).map((side, axis) =>
      side === 0 && allowzero === 0 ? (x!.shape[axis] ?? 0) : side,
    );
    // Sides on both hands cancel, so that what -1 stands for need not be a quotient of products.
    const left = [...x!.shape];
    const rest = wanted.filter((side) => {
      const match = left.findIndex((other) => same(other, side));
      if (match >= 0) left.splice(match, 1);
      return match < 0 && side !== -1;
    });
    const [all, given] = [product(left), product(rest)];
    const open = wanted.indexOf(-1);
    const fits =
      open >= 0
        ? typeof given === "number" && given > 0 && same(times(floorDivide(all, given), given), all)
        : same(all, given);
    if (!fits || wanted.lastIndexOf(-1) !== open) {
      throw refuse("Reshape", `${formatShape(x!.shape)} does not fill ${formatShape(wanted)}`);
    }
    const shape = wanted.map((side) => (side === -1 ? floorDivide(all, given as number) : side));
    return [{ element: x!.element, shape, value: shape.length <= 1 ? x!.value : undefined }];
  },
  reach: () => undefined,
});

/** Removes sides of 1. Inputs: x, axes. */
export const squeezeOperation = defineOperation({
  type: "Squeeze",
  since: 13,
  arity: [2, 2],
  attributes: {},
  infer([x, axes]): readonly TensorType[] {
    const removed = axesOf("Squeeze", axes, x!.shape.length);
    if (!removed.every((axis) => same(x!.shape[axis], 1)))
      throw refuse("Squeeze", `sides ${removed} of ${formatShape(x!.shape)} are not all 1`);
    return [{ element: x!.element, shape: x!.shape.filter((_, axis) => !removed.includes(axis)), value: x!.value }];
  },
  reach: () => undefined,
});

/** Inserts sides of 1. Inputs: x, axes. */
export const unsqueezeOperation = defineOperation({
  type: "Unsqueeze",
  since: 13,
  arity: [2, 2],
  attributes: {},
  infer([x, axes]): readonly TensorType[] {
    const rank = x!.shape.length + (axes?.value?.length ?? 0);
    const shape = [...x!.shape];
    for (const axis of axesOf("Unsqueeze", axes, rank).sort((a, b) => a - b)) shape.splice(axis, 0, 1);
    return [{ element: x!.element, shape, value: shape.length <= 1 ? x!.value : undefined }];
  },
  reach: () => undefined,
});

/** Sides in another order. */
export const transposeOperation = defineOperation({
  type: "Transpose",
  since: 13,
  arity: [1, 1],
  attributes: { perm: optionalAttribute("ints") },
  infer([x], { perm }): readonly TensorType[] {
    const order = perm ?? x!.shape.map((_, axis) => axis).reverse();
    if (order.length !== x!.shape.length || !x!.shape.every((_, axis) => order.includes(axis)))
      throw refuse("Transpose", `[${order}] does not order the sides of ${formatShape(x!.shape)}`);
    return [{ element: x!.element, shape: order.map((axis) => x!.shape[axis]) }];
  },
  reach: (_, { perm }, axis) => (perm?.[axis] === axis ? inPlace : undefined),
});

/** Repeats sides of 1 to a shape. Inputs: x, shape. */
export const expandOperation = defineOperation({
  type: "Expand",
  since: 13,
  arity: [2, 2],
  attributes: {},
  infer([x, target]): readonly TensorType[] {
    return [{ element: x!.element, shape: broadcastShape("Expand", [x!.shape, sizesOf("Expand", "shape", target)]) }];
  },
});

/** Adds a border. Inputs: x, pads (all starts, then all ends), the value of a constant border. */
export const padOperation = defineOperation({
  type: "Pad",
  since: 13,
  arity: [2, 3],
  attributes: { mode: attribute("string", "constant") },
  infer([x, pads], { mode }): readonly TensorType[] {
    const rank = x!.shape.length;
    const amounts = sizesOf("Pad", "pads", pads);
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

/** Spreads channels over blocks of pixels: [batch, channels * b * b, h, w] to [batch, channels, h * b, w * b]. */
export const depthToSpaceOperation = defineOperation({
  type: "DepthToSpace",
  since: 13,
  arity: [1, 1],
  attributes: { blocksize: requiredAttribute("int", 2), mode: attribute("string", "DCR") },
  infer([x], { blocksize: block, mode }): readonly TensorType[] {
    const [batch, channels, height, width] = x!.shape;
    if (
      x!.shape.length !== 4 ||
      typeof channels !== "number" ||
      block < 1 ||
      channels % block ** 2 !== 0 ||
      !["DCR", "CRD"].includes(mode)
    ) {
      throw refuse("DepthToSpace", `blocks of ${block} (${mode}) do not fit ${formatShape(x!.shape)}`);
    }
    return [{ element: x!.element, shape: [batch, channels / block ** 2, times(height, block), times(width, block)] }];
  },
  reach: (_, { blocksize: block }) => ({
    scale: block,
    needs: ({ first, last }) => ({ first: Math.floor(first / block), last: Math.floor(last / block) }),
  }),
});

/** The input itself. */
export const identityOperation = defineOperation({
  type: "Identity",
  since: 13,
  arity: [1, 1],
  attributes: {},
  infer: ([x]): readonly TensorType[] => [{ element: x!.element, shape: x!.shape, value: x!.value }],
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

/** The same elements in another shape (numbers, or an int64 vector); -1 once stands for what is left. */
export function reshape(x: Tensor, shape: readonly number[] | Tensor): Tensor {
  return applyOne(reshapeOperation, [x, "source" in shape ? shape : integers(shape)]);
}

/** x without the sides of 1 at `axes`. */
export function squeeze(x: Tensor, axes: readonly number[]): Tensor {
  return applyOne(squeezeOperation, [x, integers(axes)]);
}

/** x with sides of 1 inserted so that they stand at `axes`. */
export function unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
  return applyOne(unsqueezeOperation, [x, integers(axes)]);
}

/** x with its sides in the order `perm`. */
export function transpose(x: Tensor, perm: readonly number[]): Tensor {
  return applyOne(transposeOperation, [x], { perm });
}

/** x repeated along sides of 1 to the sizes in an int64 vector. */
export function expand(x: Tensor, shape: Tensor): Tensor {
  return applyOne(expandOperation, [x, shape]);
}

/** x with a border: `pads` holds the starts of all sides, then the ends. */
export function pad(x: Tensor, pads: readonly number[], mode: "constant" | "reflect" | "edge" = "constant"): Tensor {
  return applyOne(padOperation, [x, integers(pads)], { mode });
}

/** x itself under another name. */
export function identity(x: Tensor): Tensor {
  return applyOne(identityOperation, [x]);
}
