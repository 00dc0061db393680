import { attribute, requiredAttribute } from "../attribute.ts";
import { ceilDivide, type Dimension, formatShape, minus, type Pair, plus, same, smaller } from "../dimension.ts";
import { applyOne, defineOperation, knownSizes, refuse, sidesInNumbers } from "../operation.ts";
import { inPlace } from "../reach.ts";
import {
  type Build,
  constant,
  integers,
  longestSizes,
  type Operation,
  type Tensor,
  type TensorType,
} from "../tensor.ts";
import { axesOf, normaliseAxis } from "./axes.ts";
import { axisProduct } from "./axis-product.ts";

/** Concatenates tensors along an axis. */
const concatOperation = defineOperation({
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
  gradient({ inputs, attributes }, [g], build) {
    const axis = normaliseAxis("Concat", attributes.axis, g!.shape.length);
    let start: Position = 0;
    return inputs.map((part) => {
      const size = part!.shape[axis];
      const end: Position =
        typeof start === "number" && typeof size === "number"
          ? start + size
          : build.add(build.sizeOf(part!, axis), typeof start === "number" ? integers([start]) : start);
      const own = build.slice(g!, axis, start, end);
      start = end;
      return own;
    });
  },
});

/** A part of a tensor. Inputs: x, starts, ends, axes, steps (at least 1). */
const sliceOperation = defineOperation({
  type: "Slice",
  since: 13,
  arity: [3, 5],
  attributes: {},
  infer([x, starts, ends, axes, steps]): readonly TensorType[] {
    const from = knownSizes("Slice", "starts", starts);
    const to = knownSizes("Slice", "ends", ends);
    const along = axes ? axesOf("Slice", axes, x!.shape.length) : from.map((_, axis) => axis);
    const by = stepsOf(steps, along.length);
    if (from.length !== along.length || to.length !== along.length || along.length > x!.shape.length) {
      throw refuse("Slice", "starts, ends and axes must have the same length");
    }
    const shape = [...x!.shape];
    const bounds = along.map(
      (axis, i) => [clampPosition(from[i], shape[axis]), clampPosition(to[i], shape[axis])] as const,
    );
    along.forEach((axis, i) => {
      const length = ceilDivide(minus(bounds[i][1], bounds[i][0]), by[i]);
      shape[axis] = typeof length === "number" ? Math.max(length, 0) : length;
    });
    const [[first, last] = [0, 0]] = bounds;
    const known =
      x!.value && shape.length === 1 && by[0] === 1 && typeof first === "number" && typeof last === "number";
    return [{ element: x!.element, shape, value: known ? x!.value!.slice(first, last) : undefined }];
  },
  reach([x, starts, , axes, steps], _, axis) {
    const along = axesOf("Slice", axes, x!.shape.length).indexOf(axis);
    if (along < 0) return inPlace;
    const start = starts!.value![along];
    if (typeof start !== "number" || start < 0) return undefined;
    const step = stepsOf(steps, along + 1)[along];
    return {
      scale: 1 / step,
      needs: ({ first, last }) => ({ first: first * step + start, last: last * step + start }),
    };
  },
  gradient({ inputs: [x, starts, , axes, steps] }, [g], build) {
    const sides = sidesInNumbers("Slice", x);
    const along = axes ? axesOf("Slice", axes, sides.length) : sides.map((_, axis) => axis);
    const by = stepsOf(steps, along.length);
    const before = sides.map((side, axis) => {
      const start = starts!.value![along.indexOf(axis)] ?? 0;
      return clampPosition(start, side) as number;
    });
    const spread = along.reduce((tensor, axis, i) => dilate(build, tensor, axis, by[i]), g!);
    const after = sidesInNumbers("Slice", spread).map((side, axis) => sides[axis] - before[axis] - side);
    return [build.pad(spread, [...before, ...after])];
  },
});

/** Returns the steps of a slice, which must be numbers of at least 1; 1 if they are left out. */
function stepsOf(steps: Tensor | undefined, count: number): readonly number[] {
  const list = steps ? knownSizes("Slice", "steps", steps) : Array.from({ length: count }, () => 1);
  if (list.every((step) => typeof step === "number" && step >= 1)) return list as readonly number[];
  throw refuse("Slice", "its steps must be numbers of at least 1");
}

/** Inserts `step` - 1 zeros between the elements of x along an axis. */
function dilate(build: Build, x: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return x;
  const sides = sidesInNumbers("Slice", x);
  const pads = new Array(2 * sides.length + 2).fill(0);
  pads[sides.length + axis + 2] = step - 1;
  const padded = build.pad(build.unsqueeze(x, [axis + 1]), pads); // [.., n, step, ..]
  const flat = build.reshape(padded, sides.with(axis, sides[axis] * step));
  return build.slice(flat, axis, 0, (sides[axis] - 1) * step + 1);
}

/** Converts a start or end to a position from 0 to the length of the side. */
function clampPosition(position: Dimension, side: Dimension): Dimension {
  // Files mark "to the end" by numbers far beyond any side.
  if (typeof position === "number" && position >= 2 ** 31 - 1) return side;
  if (typeof position === "number" && position < 0) return plus(side, position);
  return smaller(position, side);
}

/** Elements at the given indices along an axis. Inputs: x, indices (int64). */
const gatherOperation = defineOperation({
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
  gradient({ inputs: [x, indices], attributes }, [g], build) {
    if (indices!.shape.length > 1) throw refuse("Gather", "its gradient needs indices of rank 0 or 1");
    const axis = normaliseAxis("Gather", attributes.axis, x!.shape.length);
    const scalar = indices!.shape.length === 0;
    const positions = build.range(build.squeeze(build.sizeOf(x!, axis), [0])); // [side]
    // Entry [result, position] is 1 if the result was taken from that position, else 0.
    const taken = build.cast(build.equal(build.unsqueeze(indices!, scalar ? [0, 1] : [1]), positions), "float32");
    return [axisProduct(build, scalar ? build.unsqueeze(g!, [axis]) : g!, axis, taken)];
  },
});

/** Adds a border. Inputs: x, pads (at the starts of all axes, then at the ends), the value of a constant border. */
const padOperation = defineOperation({
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
  gradient({ inputs: [x, pads], attributes: { mode } }, [g], build) {
    const sides = sidesInNumbers("Pad", x);
    const rows = sidesInNumbers("Pad", g);
    const before = sides.map((_, axis) => pads!.value![axis] as number);
    return [
      sides.reduce((gradient, side, axis) => {
        if (rows[axis] === side) return gradient;
        if (mode === "constant") return build.slice(gradient, axis, before[axis], before[axis] + side);
        const sources = Array.from({ length: rows[axis] }, (_, i) => borderSource(i - before[axis], side, mode));
        return axisProduct(build, gradient, axis, oneHot(sources, side));
      }, g!),
    ];
  },
});

/** The position that a border pixel is copied from: the nearest pixel (`edge`), or its mirror image about that. */
function borderSource(position: number, side: number, mode: string): number {
  const last = side - 1;
  if (mode === "edge") return Math.min(Math.max(position, 0), last);
  return position < 0 ? -position : position > last ? 2 * last - position : position;
}

/** Makes a matrix with a single 1 in each row, at the given columns. */
function oneHot(columns: readonly number[], width: number): Tensor {
  const values = new Float32Array(columns.length * width);
  for (const [row, column] of columns.entries()) values[row * width + column] = 1;
  return constant(values, [columns.length, width]);
}

/** The operations of this family. */
export const partOperations: readonly Operation[] = [concatOperation, sliceOperation, gatherOperation, padOperation];

/**
 * Concatenates tensors along an axis.
 *
 * @throws {KindlingError} `invalid-model` if the other sides differ.
 * @example
 * // runs
 * const both = concat([image, target], 1); // [1, 6, 64, 96]
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  return applyOne(concatOperation, tensors, { axis });
}

/** A start or end of a slice: a number, or an int64 vector of one element. */
export type Position = number | Tensor;

/**
 * The part of x from `start` up to `end` along an axis.
 *
 * @example
 * // runs
 * const red = slice(image, 1, 0, 1); // [1, 1, 64, 96]
 */
export function slice(x: Tensor, axis: number, start: Position, end: Position): Tensor {
  const at = (position: Position) => (typeof position === "number" ? integers([position]) : position);
  return applyOne(sliceOperation, [x, at(start), at(end), integers([axis])]);
}

/**
 * Every `steps`th row and column of pictures, from row and column `starts` up to `ends`.
 *
 * @param axis the axis of the rows; the columns are the next axis.
 * @example
 * // runs
 * const evenPixels = window(image, 2, [0, 0], [64, 96], [2, 2]); // [1, 3, 32, 48]
 */
export function window(x: Tensor, axis: number, starts: Pair, ends: Pair, steps: Pair = [1, 1]): Tensor {
  return applyOne(sliceOperation, [x, integers(starts), integers(ends), integers([axis, axis + 1]), integers(steps)]);
}

/**
 * The elements of x at `indices` (int64) along an axis.
 *
 * @example
 * // runs
 * const bgr = gather(image, integers([2, 1, 0]), 1); // [1, 3, 64, 96]
 */
export function gather(x: Tensor, indices: Tensor, axis: number): Tensor {
  return applyOne(gatherOperation, [x, indices], { axis });
}

/**
 * x with a border.
 *
 * @param pads widths at the starts of all axes, then at the ends: numbers, or an int64 vector known from the sizes of
 * the graph.
 * @param value of a constant border.
 * @example
 * // runs
 * const bordered = pad(image, [0, 0, 1, 1, 0, 0, 1, 1], "reflect"); // [1, 3, 66, 98]
 */
export function pad(
  x: Tensor,
  pads: readonly number[] | Tensor,
  mode: "constant" | "reflect" | "edge" = "constant",
  value = 0,
): Tensor {
  const amounts = "source" in pads ? pads : integers(pads);
  return applyOne(padOperation, value === 0 ? [x, amounts] : [x, amounts, constant(value)], { mode });
}
