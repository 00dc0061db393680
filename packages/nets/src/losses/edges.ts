import { abs, add, conv, div, reduceMax, reduceMin, sub } from "../graph/builders.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import { meanSquaredError } from "./pixel-errors.ts";

/** The changes of a map from pixel to pixel, along rows and along columns. */
export interface Edges {
  /** Changes from left to right. */
  readonly x: Tensor;
  /** Changes from top to bottom. */
  readonly y: Tensor;
}

/**
 * Computes the size of the step from each pixel to the next, as KinD and RetinexNet do: the absolute response of the
 * 2x2 kernel [[0, 0], [-1, 1]], and of its transpose, with zeros below and right of the picture.
 *
 * The kernel looks one row (x) or column (y) ahead, and at the last column (x) or row (y) it compares with the zero
 * outside, so the step at that border is as large as the value there. The authors' code does the same.
 *
 * @param map [batch, 1, height, width].
 * @example
 * // runs
 * const { x, y } = edgesOf(reduceMax(image, [1])); // [1, 1, 64, 96]
 */
export function edgesOf(map: Tensor): Edges {
  const along = (kernel: readonly number[]) =>
    abs(conv(map, constant(kernel, [1, 1, 2, 2]), undefined, { pads: [0, 0, 1, 1] }));
  return { x: along([0, 0, -1, 1]), y: along([0, -1, 0, 1]) };
}

/**
 * The pixels over which edges are scaled to the range from 0 to 1: the whole batch as in KinD's code, each picture, or
 * none.
 */
export type EdgeScale = "batch" | "picture" | "none";

/**
 * Computes edges and scales them from their least and largest value to 0 and 1: (e - min) / (max - min + 0.0001).
 *
 * Over the batch, as in KinD's code, the scale of each picture depends on the others. With either scaling only the
 * places of the larger steps count, not their size; without scaling the size counts too.
 */
export function normaliseEdges(map: Tensor, over: EdgeScale = "batch"): Edges {
  const { x, y } = edgesOf(map);
  if (over === "none") return { x, y };
  const axes = over === "picture" ? [1, 2, 3] : undefined;
  const normalise = (edges: Tensor) => {
    const least = reduceMin(edges, axes);
    return div(sub(edges, least), add(sub(reduceMax(edges, axes), least), 1e-4));
  };
  return { x: normalise(x), y: normalise(y) };
}

/**
 * Compares the normalised edges of two maps [batch, 1, height, width]: the mean squared difference along x plus that
 * along y.
 *
 * @example
 * // runs
 * const error = edgeError(reduceMax(image, [1]), reduceMax(target, [1])); // []
 */
export function edgeError(map: Tensor, target: Tensor): Tensor {
  const [a, b] = [normaliseEdges(map), normaliseEdges(target)];
  return add(meanSquaredError(a.x, b.x), meanSquaredError(a.y, b.y));
}
