import { KindlingError } from "@kindling/core";
import { widenFloat16 } from "../checkpoints/float16.ts";
import type { AttributeKind, AttributeRule } from "../graph/attribute.ts";
import { countElements } from "../graph/dimension.ts";
import { type ElementType, findElementType } from "../graph/element-type.ts";
import { createGraph, type Graph } from "../graph/graph.ts";
import { zeros } from "../graph/initialiser.ts";
import { apply } from "../graph/operation.ts";
import { operations } from "../graph/operations.ts";
import { readDimension } from "../graph/read-dimension.ts";
import { type ConstantValues, constantOf, input, longestSizes, type Operation, type Tensor } from "../graph/tensor.ts";
import type { Weight } from "../graph/weights.ts";
import type { WeightPrecision } from "./encode.ts";
import {
  readModel,
  type StoredAttribute,
  type StoredModel,
  type StoredNode,
  type StoredPort,
  type StoredValue,
} from "./read-model.ts";
import { attributeType, dataType, newestOpset } from "./wire.ts";

/** The contents of an ONNX file. */
export interface DecodedModel {
  readonly graph: Graph;
  readonly weights: ReadonlyMap<string, Weight>;
  /** How weights are stored in the file; in memory they are float32. */
  readonly precision: WeightPrecision;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads an ONNX file that uses only supported operations: the reverse of `encodeOnnx`.
 *
 * Float initialisers become parameters (with zeros as initialiser, which files do not store); other initialisers and
 * Constant nodes become constants. Weights stored as float16 and cast to float32 are widened.
 *
 * @param file name of the file in errors.
 * @throws {KindlingError} `invalid-model` if the bytes are not an ONNX file, or use an operation, attribute, type or
 * shape that graphs do not support, which the message names.
 * @example
 * // runs
 * const file = encodeOnnx(graph, weights);
 * const decoded = decodeOnnx(file, "one-layer.onnx");
 * Object.keys(decoded.graph.outputs); // ["enhanced"]
 */
export function decodeOnnx(bytes: Uint8Array, file: string): DecodedModel {
  try {
    return new Decoder(readModel(bytes)).decode();
  } catch (cause) {
    const own = cause instanceof KindlingError;
    if (own && cause.code !== "invalid-model") throw cause;
    const reason = own ? cause.message.replace(/\.$/, "") : "its bytes are damaged or no ONNX file";
    throw new KindlingError("invalid-model", `${file}: not an ONNX model Kindling can read: ${reason}.`, { cause });
  }
}

class Decoder {
  readonly #model: StoredModel;
  readonly #tensors = new Map<string, Tensor>();
  readonly #weights = new Map<string, Weight>();
  /** Float16 initialisers, which only a Cast to float32 may use. */
  readonly #halves = new Map<string, StoredValue>();

  constructor(model: StoredModel) {
    this.#model = model;
  }

  decode(): DecodedModel {
    const { nodes, initialisers, inputs, outputs, name, metadata } = this.#model;
    const fixed = findFixedInputs(nodes);
    for (const stored of initialisers) this.#addInitialiser(stored, fixed.has(stored.name));
    const isWeight = (port: StoredPort) => this.#tensors.has(port.name) || this.#halves.has(port.name);
    // Files before IR version 4 list their initialisers among the inputs.
    const fed = inputs.filter((port) => !isWeight(port)).map((port) => this.#define(port.name, inputOf(port)));
    for (const node of nodes) this.#addNode(node);
    if (outputs.length === 0) throw invalid("it has no outputs");
    const made = Object.fromEntries(outputs.map((port) => [port.name, this.#find(port.name)]));

    const graph = createGraph(name, fed, made);
    const used = new Map(graph.parameters.map(({ path }) => [path, this.#weights.get(path)!]));
    const half = graph.parameters.length > 0 && graph.parameters.every(({ path }) => this.#widened.has(path));
    return { graph, weights: used, precision: half ? "float16" : "float32", metadata };
  }

  readonly #widened = new Set<string>();

  #define(name: string, tensor: Tensor): Tensor {
    if (name === "" || this.#tensors.has(name))
      throw invalid(`the tensor ${name || "without a name"} is defined twice`);
    this.#tensors.set(name, tensor);
    return tensor;
  }

  #find(name: string): Tensor {
    const tensor = this.#tensors.get(name);
    if (!tensor)
      throw invalid(`the tensor ${name} is used before anything makes it, or is a float16 weight used as it is`);
    return tensor;
  }

  #addInitialiser(stored: StoredValue, fixed: boolean): void {
    if (stored.type === dataType.float16) this.#halves.set(stored.name, stored);
    else if (stored.type === dataType.float32 && !fixed)
      this.#addParameter(stored.name, stored.shape, readFloats(stored));
    else this.#define(stored.name, readConstant(stored, stored.name));
  }

  #addParameter(path: string, shape: readonly number[], values: Float32Array): void {
    this.#weights.set(path, { shape, values });
    this.#define(path, { element: "float32", shape, source: { kind: "parameter", path, initialiser: zeros } });
  }

  #addNode({ operator, domain, inputs, outputs, attributes }: StoredNode): void {
    if (domain !== "" && domain !== "ai.onnx") throw invalid(`operations of the domain ${domain} are not supported`);
    if (operator === "Constant") {
      const stored = attributes.find(({ name }) => name === "value")?.tensor;
      if (!stored || outputs.length !== 1) throw invalid("a Constant without a tensor is not supported");
      this.#define(outputs[0]!, readConstant(stored, outputs[0]!));
      return;
    }
    const half = operator === "Cast" ? this.#halves.get(inputs[0] ?? "") : undefined;
    if (half && attributes[0]?.int === dataType.float32 && outputs.length === 1) {
      this.#addParameter(outputs[0]!, half.shape, widenFloat16(new Uint16Array(copyBytes(half, 2))));
      this.#widened.add(outputs[0]!);
      return;
    }
    const operation = operations.get(operator);
    if (!operation) throw invalid(`the operation ${operator} is not supported`);
    const opset = this.#model.opsets.get("") ?? 0;
    if (opset < operation.since || opset > newestOpset) {
      throw invalid(`${operator} of opset ${opset} is not supported; known are ${operation.since} to ${newestOpset}`);
    }
    const made = apply(
      operation,
      inputs.map((name) => (name === "" ? undefined : this.#find(name))),
      attributesOf(operation, attributes),
      outputs,
    );
    if (outputs.length > made.length)
      throw invalid(`${operator} has ${outputs.length} outputs; ${made.length} are supported`);
    for (const [i, name] of outputs.entries()) if (name !== "") this.#define(name, made[i]!);
  }
}

/** Finds the names of tensors that an operation needs as constants. */
function findFixedInputs(nodes: readonly StoredNode[]): Set<string> {
  return new Set(
    nodes.flatMap(({ operator, inputs }) => operations.get(operator)?.fixed?.map((i) => inputs[i] ?? "") ?? []),
  );
}

function attributesOf(
  operation: Operation,
  stored: readonly StoredAttribute[],
): Record<string, number | string | readonly number[]> {
  return Object.fromEntries(
    stored.map((attribute) => {
      const rule: AttributeRule | undefined = Object.hasOwn(operation.attributes, attribute.name)
        ? operation.attributes[attribute.name]
        : undefined;
      if (!rule) throw invalid(`the attribute ${attribute.name} of ${operation.type} is not supported`);
      if (attribute.type !== 0 && attribute.type !== attributeType[rule.kind]) {
        throw invalid(`the attribute ${attribute.name} of ${operation.type} is not of the kind ${rule.kind}`);
      }
      return [attribute.name, attributeValue(attribute, rule.kind)];
    }),
  );
}

function attributeValue(attribute: StoredAttribute, kind: AttributeKind): number | string | readonly number[] {
  return attribute[kind];
}

function inputOf({ name, type, shape }: StoredPort): Tensor {
  const sides = shape.map((side, axis) => (typeof side === "number" ? side : readDimension(side ?? `${name}.${axis}`)));
  if (sides.some((side) => typeof side === "number" && !(Number.isSafeInteger(side) && side >= 1))) {
    throw invalid(`the input ${name} has a side that is not an integer of at least 1`);
  }
  return input(name, sides, elementType(type, `the input ${name}`));
}

function elementType(type: number, what: string): ElementType {
  const known = findElementType(type);
  if (known) return known;
  throw invalid(`${what} has the ONNX element type ${type}, which is not supported`);
}

function readConstant(stored: StoredValue, name: string): Tensor {
  const element = elementType(stored.type, `the constant ${name}`);
  const values = elementsIn(stored, name, element);
  const tensor: Tensor = { ...constantOf(element, values, stored.shape), name };
  // Shape rules need the elements of int64 vectors that are sizes.
  const isSizes = values instanceof BigInt64Array && stored.shape.length <= 1 && values.length <= longestSizes;
  return isSizes ? { ...tensor, value: Array.from(values, Number) } : tensor;
}

function elementsIn(stored: StoredValue, name: string, element: ElementType): ConstantValues {
  switch (element) {
    case "float32":
      return readFloats(stored);
    case "int64":
      return new BigInt64Array(copyBytes(stored, 8));
    case "int32":
      return new Int32Array(copyBytes(stored, 4));
    case "uint8":
      return new Uint8Array(copyBytes(stored, 1));
    case "int8":
      return new Int8Array(copyBytes(stored, 1));
    case "bool":
      throw invalid(`the constant ${name} is bool, which is not supported`);
  }
}

function readFloats(stored: StoredValue): Float32Array {
  return new Float32Array(copyBytes(stored, 4));
}

/** Copies the bytes of a tensor, because those in the file need not be aligned. */
function copyBytes({ name, shape, bytes }: StoredValue, bytesEach: number): ArrayBuffer {
  const fits = shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (!fits || bytes.length !== countElements(shape) * bytesEach) {
    throw invalid(`the tensor ${name} of shape [${shape.join(", ")}] does not fill its ${bytes.length} bytes`);
  }
  return new Uint8Array(bytes).buffer;
}

function invalid(reason: string): KindlingError {
  return new KindlingError("invalid-model", reason);
}
