import type { Dimension } from "./dimension.ts";
import type { Initialiser } from "./initialise.ts";
import type { AttributeValues, Operation } from "./operation.ts";

/**
 * What a tensor's elements are. Weights may be stored as float16 in a file; inside a graph they are float32, or the
 * small whole numbers of a quantised network.
 */
export type ElementType = "float32" | "int64" | "bool" | "uint8" | "int8" | "int32";

/** The elements of a constant. */
export type ConstantValues = Float32Array | BigInt64Array | Uint8Array | Int8Array | Int32Array;

/** What is known of a tensor before the graph runs. */
export interface TensorType {
  readonly element: ElementType;
  /** Outermost first; pictures are [batch, channels, height, width]. */
  readonly shape: readonly Dimension[];
  /**
   * The elements of a small int64 tensor of rank 0 or 1, where they are known: sizes travel through the graph as
   * such tensors, and with their values a shape rule can tell what a crop or a resize to a run-time size gives.
   */
  readonly value?: readonly Dimension[] | undefined;
}

/** One value of a graph: fed in, learnt, fixed, or made by a node. Tensors are immutable; identity is meaning. */
export interface Tensor extends TensorType {
  readonly source: Source;
  /** The name it had in the file it was read from; made up when a file is written otherwise. */
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

/** A tensor fed in at run time. Dimensions may be free (`freeDimension("height")`). */
export function input(name: string, shape: readonly Dimension[], element: ElementType = "float32"): Tensor {
  return { element, shape, source: { kind: "input", name } };
}

/** Float32 numbers fixed in the graph: a scalar, or `values` of the given shape. */
export function constant(values: number | Float32Array | readonly number[], shape?: readonly number[]): Tensor {
  const list = typeof values === "number" ? [values] : values;
  return {
    element: "float32",
    shape: shape ?? (typeof values === "number" ? [] : [list.length]),
    source: { kind: "constant", values: Float32Array.from(list) },
  };
}

/** Whole numbers fixed in the graph: a scalar from a number, a vector from a list. For sizes, axes and indices. */
export function integers(values: number | readonly number[]): Tensor {
  const list = typeof values === "number" ? [values] : values;
  return {
    element: "int64",
    shape: typeof values === "number" ? [] : [list.length],
    value: list,
    source: { kind: "constant", values: BigInt64Array.from(list, BigInt) },
  };
}

/** The node that makes a tensor, if one does. */
export function nodeOf(tensor: Tensor): Node | undefined {
  return tensor.source.kind === "node" ? tensor.source.node : undefined;
}
