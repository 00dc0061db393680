import { KindlingError } from "@kindling/core";
import type * as builders from "./builders.ts";
import { type Dimension, formatShape } from "./dimension.ts";
import type { Node, Tensor, TensorType } from "./tensor.ts";

/** What an attribute can hold. ONNX tells whole numbers (`int`) from others (`float`); JavaScript does not. */
export type AttributeKind = "int" | "float" | "string" | "ints";

/** Attributes by name. Undefined: left out of the file. */
export type AttributeValues = Readonly<Record<string, number | string | readonly number[] | undefined>>;

/** An attribute of an operation: its kind and the value that ONNX takes where it is left out. */
export interface AttributeRule<Value = KindValue[AttributeKind] | undefined> {
  readonly kind: AttributeKind;
  readonly default: Value;
  /** Must be given, and always stands in the file. */
  readonly required?: boolean;
}

interface KindValue {
  int: number;
  float: number;
  string: string;
  ints: readonly number[];
}

/** Every function that adds one operation to a graph, handed to gradient rules: importing them would be circular. */
export type Build = typeof builders;

type Rules = Readonly<Record<string, AttributeRule>>;

/** The attribute values that rules describe; one without a default may be undefined. */
export type ValuesOf<R extends Rules> = { readonly [Name in keyof R]: R[Name]["default"] };

/** A closed range of positions along one axis. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** How an operation moves along one spatial axis: what tiling needs to know. */
export interface AxisReach {
  /** Positions of the output a step of the input corresponds to: 1/2 for a pooling, 2 for an upsampling. */
  readonly scale: number;
  /** The input positions that a span of output positions is computed from, in an unbounded picture. */
  readonly needs: (output: Span) => Span;
}

/**
 * All there is to know about one ONNX operator, in one place.
 *
 * To add one: write its definition beside its family, list it in `operations.ts`, and give it a builder function.
 */
export interface Operation<R extends Rules = Rules> {
  /** The ONNX operator: `Conv`. */
  readonly type: string;
  /** The opset version since which the operator has the inputs and attributes that are described here. */
  readonly since: number;
  /** Inputs it takes: at least, at most. */
  readonly arity: readonly [number, number];
  readonly attributes: R;
  /** Input positions that hold running statistics: stored with the weights, not learnt by descent. */
  readonly statistics?: readonly number[];

  /** Input positions that settings of the operation stand at: always constants of the graph, never parameters. */
  readonly fixed?: readonly number[];

  /** The types of its outputs. Throws through `refuse` where inputs and attributes do not fit. */
  infer(inputs: readonly (Tensor | undefined)[], attributes: ValuesOf<R>): readonly TensorType[];

  /** Multiply-accumulates of one run, from the numbers of all shapes; left out where there are none. */
  macs?(inputs: readonly (readonly number[])[], output: readonly number[], attributes: ValuesOf<R>): number;

  /**
   * What one spatial axis (2 height, 3 width) of an output depends on along the same axis of the inputs.
   * Left out: position by position. Undefined: on the whole input, so that it cannot be computed in tiles.
   */
  reach?(inputs: readonly (Tensor | undefined)[], attributes: ValuesOf<R>, axis: number): AxisReach | undefined;

  /**
   * The gradients of a scalar with respect to the inputs, given those with respect to the outputs (undefined: zero),
   * built from operations of this same set, so that the result is again a graph. An undefined result: no gradient
   * flows to that input. An operation without this member cannot be differentiated.
   */
  gradient?(
    node: Node<ValuesOf<R>>,
    outputGradients: readonly (Tensor | undefined)[],
    build: Build,
  ): readonly (Tensor | undefined)[];
}

/** The reach of what works position by position. */
export const inPlace: AxisReach = { scale: 1, needs: (span) => span };

/** The rule of an attribute with a default. */
export function attribute<Kind extends AttributeKind>(
  kind: Kind,
  byDefault: KindValue[Kind],
): AttributeRule<KindValue[Kind]> {
  return { kind, default: byDefault };
}

/** The rule of an attribute that must be given; `placeholder` only tells its type. */
export function requiredAttribute<Kind extends AttributeKind>(
  kind: Kind,
  placeholder: KindValue[Kind],
): AttributeRule<KindValue[Kind]> {
  return { kind, default: placeholder, required: true };
}

/** The rule of an attribute whose absence has a meaning of its own. */
export function optionalAttribute<Kind extends AttributeKind>(kind: Kind): AttributeRule<KindValue[Kind] | undefined> {
  return { kind, default: undefined };
}

/** Ties an operation's functions to the types of its attributes. */
export function defineOperation<const R extends Rules>(operation: Operation<R>): Operation<R> {
  return operation;
}

/**
 * Applies an operation to tensors and gives its outputs.
 *
 * @throws {KindlingError} `invalid-model` where the number, types or shapes of the inputs do not fit.
 */
export function apply<R extends Rules>(
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

/** Applies an operation that has one output. @throws {KindlingError} `invalid-model` where the inputs do not fit. */
export function applyOne<R extends Rules>(
  operation: Operation<R>,
  inputs: readonly (Tensor | undefined)[],
  attributes: Partial<ValuesOf<R>> = {},
): Tensor {
  return apply(operation, inputs, attributes)[0]!;
}

/** The error of an operation whose inputs do not fit. */
export function refuse(type: string, reason: string): KindlingError {
  return new KindlingError("invalid-model", `${type}: ${reason}.`);
}

/** Requires float32 of a given rank (or any rank) and gives the shape. */
export function floatShape(type: string, tensor: Tensor | undefined, rank?: number): Tensor["shape"] {
  if (tensor?.element !== "float32" || (rank !== undefined && tensor.shape.length !== rank)) {
    const wanted = rank === undefined ? "float32" : `float32 of rank ${rank}`;
    const got = tensor ? `${tensor.element} ${formatShape(tensor.shape)}` : "nothing";
    throw refuse(type, `it needs a tensor of ${wanted}, got ${got}`);
  }
  return tensor.shape;
}

/**
 * The sides of a tensor, which must be numbers.
 *
 * @throws {KindlingError} `invalid-model` naming the operation whose gradient needs them.
 */
export function sidesInNumbers(type: string, tensor: Tensor | undefined): readonly number[] {
  const shape = tensor?.shape ?? [];
  if (shape.every((side) => typeof side === "number")) return shape as readonly number[];
  throw refuse(
    type,
    `its gradient needs sizes in numbers, got ${formatShape(shape)}; give the graph's inputs fixed sizes`,
  );
}

/** A number for the height and one for the width. */
export type Pair = readonly [number, number];

/**
 * Height and width of a picture, which must be numbers; the batch may be free.
 *
 * @throws {KindlingError} `invalid-model` naming the operation whose gradient needs them.
 */
export function pictureSides(type: string, picture: Tensor): Pair {
  return sidesInNumbers(type, { ...picture, shape: picture.shape.slice(2) }) as unknown as Pair;
}

/** Sizes given as an int64 tensor; they must be known before the graph runs, at least by name. */
export function knownSizes(type: string, what: string, sizes: Tensor | undefined): readonly Dimension[] {
  if (!sizes?.value) throw refuse(type, `its ${what} must be known from the sizes of the graph`);
  return sizes.value;
}
