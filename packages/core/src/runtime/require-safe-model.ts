import { KindlingError } from "../errors.ts";
import { type ProtobufField, protobufFields } from "./protobuf-fields.ts";

/** Fields of the messages of ONNX (onnx.proto3) that are looked at. */
const modelFields = { graph: 7, functions: 25 };
const graphFields = { node: 1, initializer: 5, sparseInitializer: 15 };
const nodeFields = { type: 4, attribute: 5 };
const attributeFields = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparseTensor: 22, sparseTensors: 23 };
const tensorFields = { dims: 1, type: 2, floats: 4, raw: 9, external: 13, location: 14 };

const float32 = 1;
const float16 = 10;

/** Operators that run a part of the model any number of times. */
const loops = new Set(["Loop", "If", "Scan", "SequenceMap"]);

/**
 * Throws for a model that a network here never is, and that could do harm: one with loops or branches, which may never end,
 * with weights in other files, which could be any file, with tensors larger than their bytes, or with weights that are no
 * numbers. Everything else is left to the runtime.
 *
 * @throws {KindlingError} `invalid-model`.
 */
export function requireSafeModel(model: Uint8Array): void {
  for (const { number, bytes } of protobufFields(model)) {
    if (number === modelFields.functions) throw refuse("it defines functions of its own");
    if (number === modelFields.graph) requireSafeGraph(bytes);
  }
}

function requireSafeGraph(graph: Uint8Array): void {
  for (const { number, bytes } of protobufFields(graph)) {
    if (number === graphFields.node) requireSafeNode(bytes);
    if (number === graphFields.initializer) requireSafeTensor(bytes);
    if (number === graphFields.sparseInitializer) throw refuse("it has sparse weights");
  }
}

function requireSafeNode(node: Uint8Array): void {
  const type = protobufFields(node).findLast(({ number }) => number === nodeFields.type);
  const name = type ? new TextDecoder().decode(type.bytes) : "";
  if (loops.has(name)) throw refuse(`it has control flow (${name})`);
  for (const attribute of protobufFields(node)) {
    if (attribute.number !== nodeFields.attribute) continue;
    for (const { number, bytes } of protobufFields(attribute.bytes)) {
      if (number === attributeFields.graph || number === attributeFields.graphs)
        throw refuse(`it has control flow (${name})`);
      if (number === attributeFields.sparseTensor || number === attributeFields.sparseTensors)
        throw refuse("it has sparse weights");
      if (number === attributeFields.tensor || number === attributeFields.tensors) requireSafeTensor(bytes);
    }
  }
}

function requireSafeTensor(tensor: Uint8Array): void {
  const fields = protobufFields(tensor);
  const has = (wanted: number) => fields.some(({ number }) => number === wanted);
  if (has(tensorFields.external) || fields.some(({ number, value }) => number === tensorFields.location && value !== 0))
    throw refuse("its weights lie in another file");
  const sides = fields.filter(({ number }) => number === tensorFields.dims).flatMap(numbersOf);
  const count = sides.reduce((product, side) => product * side, 1);
  // The smallest numbers take half a byte.
  if (sides.some((side) => side < 0) || !(count <= 2 * tensor.length))
    throw refuse(`it has a tensor of [${sides.join(", ")}], which its bytes do not fill`);
  const type = fields.findLast(({ number }) => number === tensorFields.type)?.value;
  for (const { number, bytes } of fields) {
    const isRaw = number === tensorFields.raw;
    if (type === float32 && (isRaw || number === tensorFields.floats)) requireNumbers(bytes, 4, 0x7f800000);
    if (type === float16 && isRaw) requireNumbers(bytes, 2, 0x7c00);
  }
}

/** The values of a repeated field, packed or not. */
function numbersOf({ bytes, value }: ProtobufField): number[] {
  if (bytes.length === 0) return [value];
  // The packed values look like fields without numbers: every varint is read by itself.
  const values: number[] = [];
  let sum = 0;
  let scale = 1;
  for (const byte of bytes) {
    sum += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    values.push(sum);
    [sum, scale] = [0, 1];
  }
  return values;
}

/** @param exponent the bits that are all set in what is no finite number. */
function requireNumbers(bytes: Uint8Array, size: 2 | 4, exponent: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mantissa = (exponent & -exponent) - 1;
  for (let at = 0; at + size <= bytes.length; at += size) {
    const bits = size === 4 ? view.getUint32(at, true) : view.getUint16(at, true);
    if ((bits & exponent) === exponent && (bits & mantissa) !== 0) throw refuse("it has weights that are no numbers");
  }
}

function refuse(what: string): KindlingError {
  return new KindlingError(
    "invalid-model",
    `The model is refused: ${what}. Choose one that kindling train or import made.`,
  );
}
