import type { Tensor } from "@kindling/nets";
import { apply, operations } from "@kindling/nets/internal";

/** One use of an operation whose gradients are checked. */
export interface OperationCase {
  /** What is special about it. */
  readonly about: string;
  readonly shapes: readonly (readonly number[])[];
  /** From where to where inputs lie; default -1 to 1. */
  readonly range?: readonly [number, number];
  readonly build: (...inputs: Tensor[]) => Tensor;
}

/** A use on inputs of -1 to 1. */
export const one = (
  about: string,
  shapes: readonly (readonly number[])[],
  build: OperationCase["build"],
): OperationCase => {
  return { about, shapes, build };
};
/** An operation with any attributes. */
export const raw = (type: string, attributes: Record<string, number | string | readonly number[]>) => {
  return (...inputs: (Tensor | undefined)[]) => apply(operations.get(type)!, inputs, attributes)[0];
};
