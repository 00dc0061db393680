import type { AttributeRules, AttributeValues, ValuesOf } from "./attribute.ts";
import type { Builder } from "./builder.ts";
import type { Dimension } from "./dimension.ts";
import type { ElementType } from "./element-type.ts";
import type { Initialiser } from "./initialiser.ts";
import type { AxisReach } from "./reach.ts";

/** The elements of a constant. */
export type ConstantValues = Float32Array | BigInt64Array | Uint8Array | Int8Array | Int32Array;

/** What is known about a tensor before the graph runs. */
export interface TensorType {
  readonly element: ElementType;
  /** Outermost first; pictures are [batch, channels, height, width]. */
  readonly shape: readonly Dimension[];
  /**
   * The elements of a small int64 tensor of rank 0 or 1, if known. Sizes are computed in the graph as such tensors;
   * from these values shape rules derive the shape of a crop or resize to a size known only at run time.
   */
  readonly value?: readonly Dimension[] | undefined;
}

/** The most elements for which `TensorType.value` is kept: longer int64 vectors are indices, not sizes. */
export const longestSizes = 64;

/** One value of a graph: an input, a parameter, a constant or a node's output. Immutable; compared by identity. */
export interface Tensor extends TensorType {
  readonly source: Source;
  /** Its name in the file it was read from; if undefined, a name is made when a file is written. */
  readonly name?: string | undefined;
}

/** Where a tensor comes from. */
export type Source =
  | { readonly kind: "input"; readonly name: string }
  | { readonly kind: "parameter"; readonly path: string; readonly initialiser: Initialiser }
  | { readonly kind: "constant"; readonly values: ConstantValues }
  | { readonly kind: "node"; readonly node: Node; readonly index: number };

/** One operation applied to tensors: one node of an ONNX graph. */
export interface Node<Attributes extends AttributeValues = AttributeValues> {
  readonly operation: Operation;
  /** An optional input that is left out is undefined. */
  readonly inputs: readonly (Tensor | undefined)[];
  /** Every attribute of the operation, defaults filled in. */
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
}

/** The functions that gradient rules build their result with. */
export type Build = Builder<Tensor>;

/**
 * Everything about one ONNX operator: its form in a file, shapes, cost, reach and gradient.
 *
 * To add one to a family in `operations/`: define it there, put it in the family's list, and write a function that
 * applies it, which `builders.ts` exports.
 */
export interface Operation<R extends AttributeRules = AttributeRules> {
  /** The ONNX operator: `Conv`. */
  readonly type: string;
  /** The first opset version in which the operator has the inputs and attributes described here. */
  readonly since: number;
  /** The least and the greatest number of inputs. */
  readonly arity: readonly [number, number];
  readonly attributes: R;
  /** Positions of inputs that are running statistics: stored with the weights, not learnt. */
  readonly statistics?: readonly number[];

  /** Positions of inputs that are settings: always constants of the graph, never parameters. */
  readonly fixed?: readonly number[];

  /** The types of its outputs. Throws what `refuse` returns if inputs or attributes do not fit. */
  infer(inputs: readonly (Tensor | undefined)[], attributes: ValuesOf<R>): readonly TensorType[];

  /** Multiply-accumulates of one run, from the shapes in numbers; without this member: 0. */
  macs?(inputs: readonly (readonly number[])[], output: readonly number[], attributes: ValuesOf<R>): number;

  /**
   * Which input positions an output position depends on along one spatial axis (2 height, 3 width). Without this
   * member: the same position only. Undefined: the whole axis, so the operation cannot be computed in tiles.
   */
  reach?(inputs: readonly (Tensor | undefined)[], attributes: ValuesOf<R>, axis: number): AxisReach | undefined;

  /**
   * The gradients of a scalar with respect to the inputs, given those with respect to the outputs (undefined: zero).
   * They are built from operations of this same set, so the result is again a graph. An undefined result: no gradient
   * flows to that input. An operation without this member cannot be differentiated.
   */
  gradient?(
    node: Node<ValuesOf<R>>,
    outputGradients: readonly (Tensor | undefined)[],
    build: Build,
  ): readonly (Tensor | undefined)[];
}

/**
 * Makes an input of a graph: a tensor given at run time. Dimensions may be free (`freeDimension("height")`).
 *
 * @example
 * // runs
 * const photos = input("photos", [8, 3, 64, 64]); // [8, 3, 64, 64]
 */
export function input(name: string, shape: readonly Dimension[], element: ElementType = "float32"): Tensor {
  return { element, shape, source: { kind: "input", name } };
}

/**
 * Makes a float32 constant: a scalar, or `values` in the given shape (default: a vector).
 *
 * @example
 * // runs
 * const luma = constant([0.299, 0.587, 0.114], [1, 3, 1, 1]); // [1, 3, 1, 1]
 */
export function constant(values: number | Float32Array | readonly number[], shape?: readonly number[]): Tensor {
  const list = typeof values === "number" ? [values] : values;
  return constantOf("float32", Float32Array.from(list), shape ?? (typeof values === "number" ? [] : [list.length]));
}

/**
 * Makes an int64 constant, for sizes, axes and indices: a scalar from a number, a vector from a list.
 *
 * @example
 * // runs
 * const order = integers([2, 1, 0]); // [3]
 */
export function integers(values: number | readonly number[]): Tensor {
  const list = typeof values === "number" ? [values] : values;
  const shape = typeof values === "number" ? [] : [list.length];
  return { ...constantOf("int64", BigInt64Array.from(list, BigInt), shape), value: list };
}

/** Makes a constant of any element type from its elements, without copying them. */
export function constantOf(element: ElementType, values: ConstantValues, shape: readonly number[]): Tensor {
  return { element, shape, source: { kind: "constant", values } };
}

/** Returns the node that makes a tensor; undefined for inputs, parameters and constants. */
export function nodeOf(tensor: Tensor): Node | undefined {
  return tensor.source.kind === "node" ? tensor.source.node : undefined;
}
