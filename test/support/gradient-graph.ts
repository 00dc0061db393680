import { readFileSync } from "node:fs";
import { createRandom, type ModelTensor, type ModelTensors } from "@kindling/core";
import { createGraph, type Graph, gradients, input, type LossTerms, type Tensor } from "@kindling/nets";
import { expect } from "vitest";
import { sharedPath } from "./shared.ts";

/** A loss and, under `gradient/` and its path, its gradient with respect to every parameter. */
export function gradientGraph(name: string, inputs: readonly Tensor[], terms: LossTerms): Graph {
  const { parameters } = createGraph(name, inputs, terms);
  const found = gradients(
    terms.total,
    parameters.map(({ tensor }) => tensor),
  );
  return createGraph(name, inputs, {
    ...terms,
    ...Object.fromEntries(parameters.map(({ path }, i) => [`gradient/${path}`, found[i]])),
  });
}

/** The Euclidean length of a list of numbers. */
function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}

/** Pictures of the golden batch: two of 48x48. */
export function goldenPicture(name: string, channels: number): Tensor {
  return input(name, [2, channels, 48, 48]);
}

/** Expects the terms of a loss to have the golden values of their names, within an absolute tolerance. */
export function expectTerms(
  results: ModelTensors,
  golden: Readonly<Record<string, number>>,
  names: Readonly<Record<string, string>>,
  tolerance: number,
): void {
  for (const [ours, theirs] of Object.entries(names)) {
    expect(Math.abs(results[ours].values[0] - golden[theirs])).toBeLessThanOrEqual(tolerance);
  }
}

/** Expects a gradient to lie within a share of the golden one's length. */
export function expectGradient(actual: ModelTensor | undefined, golden: ModelTensor, share: number): void {
  expect(actual?.shape).toEqual(golden.shape);
  const difference = norm(golden.values.map((value, i) => value - actual!.values[i]));
  expect(difference / norm(golden.values)).toBeLessThanOrEqual(share);
}

/** What a golden JSON file says about gradients too large to store. */
export interface GradientDigest {
  readonly grad_l2_norm: Readonly<Record<string, number>>;
  readonly grad_projection: Readonly<Record<string, number>>;
}

/** What a golden JSON file says about a loss: its terms, and its gradients. */
export interface GoldenLoss extends GradientDigest {
  readonly terms: Readonly<Record<string, number>>;
}

/**
 * Expects the gradients of all parameters to have the lengths of a golden file, and the projections on its seeded
 * random directions within a thousandth of the length.
 */
export function expectDigest(
  results: ModelTensors,
  digest: GradientDigest,
  nameOf: (path: string) => string,
  share: number,
): void {
  const found = Object.entries(results).filter(([key]) => key.startsWith("gradient/"));
  expect(found.map(([key]) => nameOf(key.slice(9))).sort()).toEqual(Object.keys(digest.grad_l2_norm).sort());
  for (const [key, { values }] of found) {
    const name = nameOf(key.slice(9));
    const length = digest.grad_l2_norm[name];
    expect(Math.abs(norm(values) / length - 1)).toBeLessThanOrEqual(share);
    const random = createRandom(20240603, name);
    const projection = values.reduce((sum, value) => sum + value * (2 * random() - 1), 0);
    expect(Math.abs(projection - digest.grad_projection[name])).toBeLessThanOrEqual(1e-3 * length);
  }
}

/** A golden JSON file. */
export function goldenJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(sharedPath("golden", name), "utf8")) as Content;
}
