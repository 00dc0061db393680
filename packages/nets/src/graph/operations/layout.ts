import { attribute, optionalAttribute, requiredAttribute } from "../attribute.ts";
import { floorDivide, formatShape, product, same, times } from "../dimension.ts";
import { applyOne, defineOperation, knownSizes, refuse, sidesInNumbers } from "../operation.ts";
import { inPlace } from "../reach.ts";
import { type Build, integers, type Node, type Operation, type Tensor, type TensorType } from "../tensor.ts";
import { axesOf } from "./axes.ts";
import { broadcastShape, sumTo } from "./broadcast.ts";

/** The gradient of an operation that only changes the shape. */
function reshapeToInput({ inputs: [x] }: Node, [g]: readonly (Tensor | undefined)[], build: Build): Tensor[] {
  return [build.reshape(g!, build.shapeOf(x!))];
}

/** The same elements in another shape; 0 keeps a side, -1 stands for the rest. Inputs: x, shape. */
const reshapeOperation = defineOperation({
  type: "Reshape",
  since: 14,
  arity: [2, 2],
  attributes: { allowzero: attribute("int", 0) },
  infer([x, target], { allowzero }): readonly TensorType[] {
    const wanted = knownSizes("Reshape", "shape", target).map((side, axis) =>
      side === 0 && allowzero === 0 ? (x!.shape[axis] ?? 0) : side,
    );
    // Sides that both shapes have cancel, so that the side for -1 is seldom a quotient of symbolic products.
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
  gradient: reshapeToInput,
});

/** Removes sides of 1. Inputs: x, axes. */
const squeezeOperation = defineOperation({
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
  gradient: reshapeToInput,
});

/** Inserts sides of 1. Inputs: x, axes. */
const unsqueezeOperation = defineOperation({
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
  gradient: reshapeToInput,
});

/** Permutes the axes. */
const transposeOperation = defineOperation({
  type: "Transpose",
  since: 13,
  arity: [1, 1],
  attributes: { perm: optionalAttribute("ints") },
  infer([x], { perm }): readonly TensorType[] {
    const order = perm ?? x!.shape.map((_, axis) => axis).reverse();
    if (order.length !== x!.shape.length || !x!.shape.every((_, axis) => order.includes(axis)))
      throw refuse("Transpose", `[${order}] does not permute the axes of ${formatShape(x!.shape)}`);
    return [{ element: x!.element, shape: order.map((axis) => x!.shape[axis]) }];
  },
  reach: (_, { perm }, axis) => (perm?.[axis] === axis ? inPlace : undefined),
  gradient({ inputs: [x], attributes: { perm } }, [g], build) {
    const order = perm ?? x!.shape.map((_, axis) => axis).reverse();
    return [
      build.transpose(
        g!,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ];
  },
});

/** Repeats sides of 1 to a shape. Inputs: x, shape. */
const expandOperation = defineOperation({
  type: "Expand",
  since: 13,
  arity: [2, 2],
  attributes: {},
  infer([x, target]): readonly TensorType[] {
    return [
      { element: x!.element, shape: broadcastShape("Expand", [x!.shape, knownSizes("Expand", "shape", target)]) },
    ];
  },
  gradient: ({ inputs: [x] }, [g], build) => [sumTo(build, g!, x!)],
});

/** Rearranges channels into blocks of pixels: [batch, channels * b * b, h, w] to [batch, channels, h * b, w * b]. */
const depthToSpaceOperation = defineOperation({
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
  gradient({ inputs: [x], attributes: { blocksize: block, mode } }, [g], build) {
    const [batch, channels, height, width] = sidesInNumbers("DepthToSpace", g);
    const blocks = build.reshape(g!, [batch, channels, height / block, block, width / block, block]);
    const order = mode === "DCR" ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4];
    return [build.reshape(build.transpose(blocks, order), build.shapeOf(x!))];
  },
});

/** The input itself. */
const identityOperation = defineOperation({
  type: "Identity",
  since: 13,
  arity: [1, 1],
  attributes: {},
  infer: ([x]): readonly TensorType[] => [{ element: x!.element, shape: x!.shape, value: x!.value }],
  gradient: (_, [g]) => [g],
});

/** The operations of this family. */
export const layoutOperations: readonly Operation[] = [
  reshapeOperation,
  squeezeOperation,
  unsqueezeOperation,
  transposeOperation,
  expandOperation,
  depthToSpaceOperation,
  identityOperation,
];

/**
 * The same elements in another shape (numbers, or an int64 vector); one -1 stands for the rest.
 *
 * @example
 * // runs
 * const pixels = reshape(image, [1, 3, -1]); // [1, 3, 6144]
 */
export function reshape(x: Tensor, shape: readonly number[] | Tensor): Tensor {
  return applyOne(reshapeOperation, [x, "source" in shape ? shape : integers(shape)]);
}

/**
 * x without the sides of 1 at `axes`.
 *
 * @example
 * // runs
 * const vector = squeeze(globalAveragePool(image), [2, 3]); // [1, 3]
 */
export function squeeze(x: Tensor, axes: readonly number[]): Tensor {
  return applyOne(squeezeOperation, [x, integers(axes)]);
}

/**
 * x with sides of 1 inserted; `axes` are their positions in the result.
 *
 * @example
 * // runs
 * const gains = unsqueeze(constant([2, 3, 2]), [1, 2]); // [3, 1, 1]
 */
export function unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
  return applyOne(unsqueezeOperation, [x, integers(axes)]);
}

/**
 * x with its axes permuted: axis i of the result is axis `perm[i]` of x.
 *
 * @example
 * // runs
 * const channelsLast = transpose(image, [0, 2, 3, 1]); // [1, 64, 96, 3]
 */
export function transpose(x: Tensor, perm: readonly number[]): Tensor {
  return applyOne(transposeOperation, [x], { perm });
}

/**
 * x repeated along sides of 1 to the sizes in an int64 vector.
 *
 * @example
 * // runs
 * const level = constant([2], [1, 1, 1, 1]);
 * const map = expand(level, shapeOf(image)); // [1, 3, 64, 96]
 */
export function expand(x: Tensor, shape: Tensor): Tensor {
  return applyOne(expandOperation, [x, shape]);
}

/**
 * Rearranges channels into blocks of pixels.
 *
 * @param x [batch, channels * block^2, h, w]; the channels of one block are consecutive, in the order of its rows.
 * @returns [batch, channels, h * block, w * block].
 * @example
 * // runs
 * const features = convolution(scope.at("shuffle"), image, { channels: 12 });
 * const doubled = depthToSpace(features, 2); // [1, 3, 128, 192]
 */
export function depthToSpace(x: Tensor, block: number): Tensor {
  return applyOne(depthToSpaceOperation, [x], { blocksize: block, mode: "CRD" });
}

/**
 * x itself under another name.
 *
 * @example
 * // runs
 * const { inputs, outputs } = createGraph("copy", [image], { copy: identity(image) });
 */
export function identity(x: Tensor): Tensor {
  return applyOne(identityOperation, [x]);
}
