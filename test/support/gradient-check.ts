import { createRandom, type ModelTensors } from "@kindling/core";
import { constant, createGraph, gradients, initialise, inputName, mul, reduceSum, type Tensor } from "@kindling/nets";
import { expect } from "vitest";
import { evaluate } from "./reference/evaluate.ts";
import { type Numbers, sizeOf } from "./reference/numbers.ts";
import { largestDifference, runGraph } from "./run-graph.ts";

/** Seeded float32 numbers of a shape, evenly spread over a range. */
export function seeded(name: string, shape: readonly number[], [least, most]: readonly [number, number]): Numbers {
  const random = createRandom(1, name);
  const values = Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(least + (most - least) * random()));
  return { shape, data: values };
}

/** A scalar that depends on every element of a tensor, on each by another weight. */
export function probe(tensor: Tensor): Tensor {
  const shape = tensor.shape as readonly number[];
  return reduceSum(
    mul(tensor, constant(Float32Array.from(seeded("probe", shape, [-1, 1]).data), shape)),
    undefined,
    false,
  );
}

/** Distance in float64 over which differences are taken: kinks are rarely that near. */
const step = 1e-6;

/** The same where a move crosses many kinks: the shorter, the fewer, down to where rounding shows. */
const shortStep = 1e-7;

/** Elements that are moved one by one; larger tensors are moved in this many random directions instead. */
const mostElements = 200;
const directions = 6;

/** How fast a scalar changes where tensors move along directions, from two values of it on either side. */
function slopeAlong(
  loss: Tensor,
  leaves: ReadonlyMap<Tensor, Numbers>,
  moves: ReadonlyMap<Tensor, Float64Array>,
  distance: number,
): number {
  const [after, before] = [distance, -distance].map((signed) => {
    const moved = new Map(leaves);
    for (const [tensor, move] of moves) {
      const { shape, data } = leaves.get(tensor)!;
      moved.set(tensor, { shape, data: data.map((value, k) => value + signed * move[k]) });
    }
    return evaluate([loss], moved)[0].data[0];
  });
  return (after - before) / (2 * distance);
}

/** Expects the gradients of a scalar to be what differences of the reference say. */
export function expectNumericGradients(
  loss: Tensor,
  of: readonly Tensor[],
  leaves: ReadonlyMap<Tensor, Numbers>,
  tolerance = 1e-6,
): void {
  const found = evaluate(gradients(loss, of), leaves);
  for (const [i, tensor] of of.entries()) {
    const { shape, data } = leaves.get(tensor)!;
    expect(found[i].shape).toEqual(shape);
    const scale = Math.max(...found[i].data.map(Math.abs), 1);
    const random = createRandom(2, "directions");
    const moves =
      data.length <= mostElements
        ? Array.from(data, (_, k) => Float64Array.from(data, (__, j) => Number(j === k)))
        : Array.from({ length: directions }, () => data.map(() => 2 * random() - 1));
    for (const move of moves) {
      const numeric = slopeAlong(loss, leaves, new Map([[tensor, move]]), step);
      const analytic = move.reduce((sum, value, k) => sum + value * found[i].data[k], 0);
      expect(Math.abs(numeric - analytic)).toBeLessThanOrEqual(tolerance * scale * Math.sqrt(move.length));
    }
  }
}

/** Expects ONNX Runtime to compute tensors of float32 inputs as the reference does, by a share of the largest value. */
export async function expectRuntimeAgrees(
  tensors: readonly Tensor[],
  leaves: ReadonlyMap<Tensor, Numbers>,
  tolerance = 1e-4,
): Promise<void> {
  const inputs = [...leaves.keys()];
  const graph = createGraph("check", inputs, Object.fromEntries(tensors.map((tensor, i) => [`result${i}`, tensor])));
  const feeds: ModelTensors = Object.fromEntries(
    inputs.map((tensor) => {
      const { shape, data } = leaves.get(tensor)!;
      return [inputName(tensor), { shape, values: Float32Array.from(data) }];
    }),
  );
  const results = await runGraph(graph, initialise(graph, 1), feeds);
  for (const [i, { shape, data }] of evaluate(tensors, leaves).entries()) {
    expect(results[`result${i}`].shape).toEqual(shape);
    const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    expect(largestDifference(results[`result${i}`].values, data)).toBeLessThanOrEqual(tolerance * scale);
  }
}

/**
 * Expects the gradients of a scalar with respect to many or large tensors, all at once, to be what differences of the
 * reference say along random directions: of length 1 for each tensor, so that none drowns in the others.
 */
export function expectDirectionalGradient(
  loss: Tensor,
  of: readonly Tensor[],
  leaves: ReadonlyMap<Tensor, Numbers>,
  share = 1e-4,
): void {
  const found = evaluate(gradients(loss, of), leaves);
  const random = createRandom(3, "direction");
  const moves = found.map(({ data }) => {
    const direction = data.map(() => 2 * random() - 1);
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value ** 2, 0));
    return direction.map((value) => value / length);
  });
  const numeric = slopeAlong(loss, leaves, new Map(of.map((tensor, i) => [tensor, moves[i]])), shortStep);
  let analytic = 0;
  let scale = 0;
  for (const [i, { data }] of found.entries()) {
    analytic += data.reduce((sum, value, k) => sum + value * moves[i][k], 0);
    scale += data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
  }
  expect(Math.sqrt(scale)).toBeGreaterThan(0);
  expect(Math.abs(numeric - analytic)).toBeLessThanOrEqual(share * Math.sqrt(scale));
}
