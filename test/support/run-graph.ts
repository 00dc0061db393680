import { readFileSync } from "node:fs";
import { createRandom, type ModelTensor, type ModelTensors } from "@kindling/core";
import { encodeOnnx, type Graph, readSafetensors, type StoredTensor, type Weights } from "@kindling/nets";
import { openSession } from "@kindling/node";
import { expect } from "vitest";
import { sharedPath } from "./shared.ts";

/** Runs a graph once on the processor by way of its ONNX file. */
export async function runGraph(graph: Graph, weights: Weights, inputs: ModelTensors): Promise<ModelTensors> {
  const session = await openSession(encodeOnnx(graph, weights), { device: "cpu", threads: 2 });
  try {
    return await session.run(inputs);
  } finally {
    await session.dispose();
  }
}

/** Values of a fixed pattern, `least` to `least` + 1, for inputs of these shapes. */
export function patterned(shapes: Readonly<Record<string, readonly number[]>>, least = -0.5): ModelTensors {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const count = shape.reduce((product, side) => product * side, 1);
      const values = Float32Array.from({ length: count }, (_, i) => least + ((i * 7919) % 997) / 997);
      return [name, { shape, values }];
    }),
  );
}

/** The tensors of a golden safetensors file as models take and give them. */
export function goldenModelTensors(name: string): (tensor: string) => ModelTensor {
  // A plain copy of the bytes: slices of a Buffer share its memory.
  const tensors = readSafetensors(new Uint8Array(readFileSync(sharedPath("golden", name))), name);
  return (tensor) => modelTensor(tensors.get(tensor), tensor);
}

function modelTensor(stored: StoredTensor | undefined, name: string): ModelTensor {
  if (!stored) throw new Error(`The golden file has no tensor ${name}.`);
  return { shape: stored.shape, values: Float32Array.from(stored.values) };
}

/** The weights of a graph, each parameter's from wherever `find` has it. */
export function weightsOf(graph: Graph, find: (path: string, shape: readonly number[]) => ModelTensor): Weights {
  return new Map(graph.parameters.map(({ path, shape }) => [path, find(path, shape)]));
}

/** An array of the recipe in golden/rng.json, rounded once, from float64 to float16. */
export function seededFloat16(
  name: string,
  seed: number,
  shape: readonly number[],
  [least, most]: readonly [number, number],
): ModelTensor {
  const random = createRandom(seed, name);
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, values: Float32Array.from({ length: count }, () => toFloat16(least + (most - least) * random())) };
}

function toFloat16(value: number): number {
  if (value === 0) return 0;
  const lastPlace = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10);
  return roundHalfEven(value / lastPlace) * lastPlace;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

/** The largest absolute difference of two lists of numbers; infinite where their lengths differ or one is not a number. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

/** Expects a tensor to equal a golden one, shape and all, within an absolute tolerance. */
export function expectGolden(actual: ModelTensor | undefined, golden: ModelTensor, tolerance: number): void {
  expect(actual?.shape).toEqual(golden.shape);
  expect(largestDifference(actual?.values ?? [], golden.values)).toBeLessThanOrEqual(tolerance);
}
