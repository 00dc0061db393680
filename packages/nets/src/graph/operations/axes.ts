import { refuse } from "../operation.ts";
import type { Build, Tensor } from "../tensor.ts";
import type { Operand } from "./broadcast.ts";

/** Returns an axis counted from 0; a negative axis counts from the end. */
export function normaliseAxis(type: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank) throw refuse(type, `axis ${axis} of rank ${rank}`);
  return normal;
}

/** Returns the axes in an int64 tensor, which must be fixed in the graph; all axes if there is no tensor. */
export function axesOf(type: string, axes: Tensor | undefined, rank: number): number[] {
  if (!axes) return Array.from({ length: rank }, (_, axis) => axis);
  if (!axes.value?.every((axis) => typeof axis === "number")) throw refuse(type, "its axes must be fixed in the graph");
  return (axes.value as readonly number[]).map((axis) => normaliseAxis(type, axis, rank));
}

/** Computes the number of elements along axes of x: a number, or a float32 scalar of the graph if a size is free. */
export function elementsAlong(build: Build, x: Tensor, axes: readonly number[]): Operand {
  const sides = axes.map((axis) => x.shape[axis]);
  if (sides.every((side) => typeof side === "number")) return sides.reduce<number>((a, b) => a * (b as number), 1);
  const sizes = axes.map((axis) => build.sizeOf(x, axis)).reduce((a, b) => build.mul(a, b));
  return build.cast(build.squeeze(sizes, [0]), "float32");
}
