import { KindlingError } from "@kindling/core";
import type { AttributeRules, AttributeValues, ValuesOf } from "./attribute.ts";
import { type Dimension, formatShape, type Pair } from "./dimension.ts";
import type { Node, Operation, Tensor } from "./tensor.ts";

/** Defines an operation; its functions get the attribute types that its rules describe. */
export function defineOperation<const R extends AttributeRules>(operation: Operation<R>): Operation<R> {
  return operation;
}

/**
 * Applies an operation to tensors and returns the outputs of the new node.
 *
 * @param attributes those that differ from their defaults.
 * @param outputNames the names that the outputs have in a file, if it was read from one.
 * @throws {KindlingError} `invalid-model` if the number, types or shapes of the inputs do not fit.
 */
export function apply<R extends AttributeRules>(
  operation: Operation<R>,
  inputs: readonly (Tensor | undefined)[],
  attributes: Partial<ValuesOf<R>> = {},
  outputNames: readonly (string | undefined)[] = [],
): readonly Tensor[] {
  const [least, most] = operation.arity;
  if (inputs.length < least || inputs.length > most || inputs.slice(0, least).includes(undefined)) {
    throw refuse(operation.type, `it takes ${least} to ${most} inputs, got ${inputs.length}`);
  }
  const absent = Object.entries(operation.attributes).find(([name, rule]) => rule.required && !(name in attributes));
  if (absent) throw refuse(operation.type, `its attribute ${absent[0]} is missing`);
  const defaults = Object.fromEntries(Object.entries(operation.attributes).map(([name, rule]) => [name, rule.default]));
  const values = { ...defaults, ...attributes } as ValuesOf<R>;
  const outputs: Tensor[] = [];
  const node: Node = { operation: operation as Operation, inputs, attributes: values as AttributeValues, outputs };
  for (const [index, type] of operation.infer(inputs, values).entries()) {
    if (type.shape.some((side) => typeof side === "number" && !(Number.isSafeInteger(side) && side >= 0))) {
      throw refuse(operation.type, `the result would have the shape ${formatShape(type.shape)}`);
    }
    outputs.push({ ...type, source: { kind: "node", node, index }, name: outputNames[index] });
  }
  return outputs;
}

/** Applies an operation that has one output. @throws {KindlingError} `invalid-model` if the inputs do not fit. */
export function applyOne<R extends AttributeRules>(
  operation: Operation<R>,
  inputs: readonly (Tensor | undefined)[],
  attributes: Partial<ValuesOf<R>> = {},
): Tensor {
  return apply(operation, inputs, attributes)[0]!;
}

/** The error for an operation whose inputs or attributes do not fit; the caller throws it. */
export function refuse(type: string, reason: string): KindlingError {
  return new KindlingError("invalid-model", `${type}: ${reason}.`);
}

/** Returns the shape of a tensor that must be float32 and, if `rank` is given, of that rank. */
export function floatShape(type: string, tensor: Tensor | undefined, rank?: number): Tensor["shape"] {
  if (tensor?.element !== "float32" || (rank !== undefined && tensor.shape.length !== rank)) {
    const wanted = rank === undefined ? "float32" : `float32 of rank ${rank}`;
    const got = tensor ? `${tensor.element} ${formatShape(tensor.shape)}` : "nothing";
    throw refuse(type, `it needs a tensor of ${wanted}, got ${got}`);
  }
  return tensor.shape;
}

/**
 * Returns the shape of a tensor that must have all sizes in numbers.
 *
 * @throws {KindlingError} `invalid-model` naming the operation whose gradient needs them, if a size is free.
 */
export function sidesInNumbers(type: string, tensor: Tensor | undefined): readonly number[] {
  const shape = tensor?.shape ?? [];
  if (shape.every((side) => typeof side === "number")) return shape as readonly number[];
  throw refuse(
    type,
    `its gradient needs sizes in numbers, got ${formatShape(shape)}; give the graph's inputs fixed sizes`,
  );
}

/**
 * Returns the height and width of a picture, which must be numbers; the batch may be free.
 *
 * @throws {KindlingError} `invalid-model` naming the operation whose gradient needs them, if one is free.
 */
export function pictureSides(type: string, picture: Tensor): Pair {
  return sidesInNumbers(type, { ...picture, shape: picture.shape.slice(2) }) as unknown as Pair;
}

/** Returns the elements of an int64 tensor of sizes, which must be known, in numbers or by name. */
export function knownSizes(type: string, what: string, sizes: Tensor | undefined): readonly Dimension[] {
  if (!sizes?.value) throw refuse(type, `its ${what} must be known from the sizes of the graph`);
  return sizes.value;
}
