import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { KindlingError } from "@kindling/core";
import { concatBytes } from "@kindling/core/internal";
import { narrowFloat16 } from "../checkpoints/float16.ts";
import type { AttributeKind } from "../graph/attribute.ts";
import { type Dimension, format } from "../graph/dimension.ts";
import type { ElementType } from "../graph/element-type.ts";
import { type Graph, inputName, type Parameter } from "../graph/graph.ts";
import type { ConstantValues, Node, Tensor } from "../graph/tensor.ts";
import { requireWeights, type Weight, type Weights } from "../graph/weights.ts";
import { halfName, nameTensors } from "./names.ts";
import {
  attributeField,
  attributeType,
  dataType,
  entryField,
  graphField,
  irVersion,
  modelField,
  nodeField,
  opsetField,
  tensorField,
  valueField,
  writtenOpset,
} from "./wire.ts";

/** How weights are stored in a file. */
export type WeightPrecision = "float32" | "float16";

/** Settings of an ONNX file. */
export interface OnnxSettings {
  /** `float16` halves the file; a Cast widens weights on loading, so all arithmetic is float32. Default `float32`. */
  readonly precision?: WeightPrecision;
  /** Texts stored in the file, such as a model card. */
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * Inputs whose first side, the batch, the file leaves open though the graph has it in numbers; default none.
   *
   * Where ONNX Runtime knows all sides beforehand, it lets later tensors of equal size take the place of earlier ones, and
   * keeps that memory between the two uses, too. A training step then holds its activations nearly twice.
   */
  readonly openBatch?: readonly Tensor[];
}

type Message = (writer: BinaryWriter) => void;

/**
 * Writes a graph and its weights as an ONNX file (IR version 8, opset 18) that any ONNX runtime can run.
 *
 * Parameters become initialisers named by their paths, constants become Constant nodes, free dimensions keep their
 * names. Equal graphs and weights give equal bytes; encoding what `decodeOnnx` read gives the same bytes again.
 *
 * @throws {KindlingError} `invalid-model` naming every weight that is missing, unexpected or of the wrong shape.
 * @example
 * // runs
 * const file = encodeOnnx(graph, weights, { precision: "float16", metadata: { licence: "MIT" } });
 * file.length < 3000; // true
 */
export function encodeOnnx(graph: Graph, weights: Weights, settings: OnnxSettings = {}): Uint8Array<ArrayBuffer> {
  requireWeights(graph, weights);
  const { precision = "float32", metadata = {}, openBatch = [] } = settings;
  const { nameOf, constants } = nameTensors(graph);
  const body = new BinaryWriter();
  for (const tensor of constants) message(body, graphField.node, constantNode(tensor, nameOf(tensor)));
  if (precision === "float16") {
    for (const { path } of graph.parameters) message(body, graphField.node, castNode(path));
  }
  for (const node of graph.nodes) message(body, graphField.node, operationNode(node, nameOf));
  text(body, graphField.name, graph.name);
  const nodes = body.finish();
  const initialisers = graph.parameters.flatMap((parameter) =>
    initialiserField(parameter, weights.get(parameter.path)!, precision),
  );
  for (const tensor of graph.inputs) {
    const { element, shape } = tensor;
    const stated = openBatch.includes(tensor) ? [undefined, ...shape.slice(1)] : shape;
    message(body, graphField.input, valueInfo(inputName(tensor), { element, shape: stated }));
  }
  for (const [name, tensor] of Object.entries(graph.outputs)) message(body, graphField.output, valueInfo(name, tensor));
  const graphParts = [nodes, ...initialisers, body.finish()];

  const writer = new BinaryWriter();
  writer.tag(modelField.irVersion, WireType.Varint).int64(irVersion);
  text(writer, modelField.producerName, "kindling");
  writer
    .tag(modelField.graph, WireType.LengthDelimited)
    .uint32(graphParts.reduce((sum, { length }) => sum + length, 0));
  const start = writer.finish();
  message(writer, modelField.opsetImport, (opset) => {
    text(opset, opsetField.domain, "");
    opset.tag(opsetField.version, WireType.Varint).int64(writtenOpset);
  });
  for (const [key, value] of Object.entries(metadata)) {
    message(writer, modelField.metadata, (entry) => {
      text(entry, entryField.key, key);
      text(entry, entryField.value, value);
    });
  }
  return concatBytes(start, ...graphParts, writer.finish());
}

function message(writer: BinaryWriter, field: number, write: Message): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

/** The name, element type and shape of an input or output; a side that is undefined can be any. */
function valueInfo(
  name: string,
  { element, shape }: { element: ElementType; shape: readonly (Dimension | undefined)[] },
): Message {
  return (body) => {
    text(body, valueField.name, name);
    message(body, valueField.type, (type) =>
      message(type, valueField.tensorType, (tensor) => {
        tensor.tag(valueField.elementType, WireType.Varint).int32(dataType[element]);
        message(tensor, valueField.shape, (sides) => {
          for (const side of shape) {
            message(sides, valueField.dim, (dim) => {
              if (typeof side === "number") dim.tag(valueField.size, WireType.Varint).int64(side);
              else if (side !== undefined) text(dim, valueField.parameter, format(side));
            });
          }
        });
      }),
    );
  };
}

/** A parameter in parts that follow each other: weights go into the file as they are, copied once. */
function initialiserField(
  { path, shape }: Parameter,
  { values }: Weight,
  precision: WeightPrecision,
): readonly Uint8Array[] {
  const half = precision === "float16";
  const data = bytesOf(half ? narrowFloat16(values) : values);
  const writer = new BinaryWriter();
  tensorHead(half ? halfName(path) : path, half ? "float16" : "float32", shape)(writer);
  writer.tag(tensorField.rawData, WireType.LengthDelimited).uint32(data.length);
  const head = writer.finish();
  writer.tag(graphField.initializer, WireType.LengthDelimited).uint32(head.length + data.length);
  return [writer.finish(), head, data];
}

function tensorProto(
  name: string,
  type: keyof typeof dataType,
  shape: readonly number[],
  values: ConstantValues,
): Message {
  return (body) => {
    tensorHead(name, type, shape)(body);
    body.tag(tensorField.rawData, WireType.LengthDelimited).bytes(bytesOf(values));
  };
}

function tensorHead(name: string, type: keyof typeof dataType, shape: readonly number[]): Message {
  return (body) => {
    for (const side of shape) body.tag(tensorField.dims, WireType.Varint).int64(side);
    body.tag(tensorField.dataType, WireType.Varint).int32(dataType[type]);
    if (name !== "") text(body, tensorField.name, name);
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ConstantValues | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function nodeProto(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Message,
): Message {
  return (body) => {
    for (const name of inputs) text(body, nodeField.input, name);
    for (const name of outputs) text(body, nodeField.output, name);
    text(body, nodeField.name, outputs[0] ?? "");
    text(body, nodeField.operator, operator);
    attributes(body);
  };
}

function operationNode({ operation, inputs, outputs, attributes }: Node, nameOf: (tensor: Tensor) => string): Message {
  const names = inputs.map((tensor) => (tensor ? nameOf(tensor) : ""));
  while (names.at(-1) === "") names.pop();
  return nodeProto(operation.type, names, outputs.map(nameOf), (body) => {
    for (const [name, { kind, default: byDefault, required }] of Object.entries(operation.attributes)) {
      const value = attributes[name];
      if (value === undefined || (!required && String(value) === String(byDefault))) continue;
      message(body, nodeField.attribute, attributeProto(name, kind, value));
    }
  });
}

function attributeProto(name: string, kind: AttributeKind, value: number | string | readonly number[]): Message {
  return (body) => {
    text(body, attributeField.name, name);
    if (kind === "float") body.tag(attributeField.float, WireType.Bit32).float(Number(value));
    else if (kind === "string") text(body, attributeField.string, String(value));
    else if (kind === "int") body.tag(attributeField.int, WireType.Varint).int64(Number(value));
    else for (const whole of value as readonly number[]) body.tag(attributeField.ints, WireType.Varint).int64(whole);
    body.tag(attributeField.type, WireType.Varint).int32(attributeType[kind]);
  };
}

function tensorAttribute(tensor: Message): Message {
  return (body) =>
    message(body, nodeField.attribute, (attribute) => {
      text(attribute, attributeField.name, "value");
      message(attribute, attributeField.tensor, tensor);
      attribute.tag(attributeField.type, WireType.Varint).int32(attributeType.tensor);
    });
}

function constantNode({ source, element, shape }: Tensor, name: string): Message {
  if (source.kind !== "constant") throw new KindlingError("internal", `${name} is not a constant.`);
  return nodeProto(
    "Constant",
    [],
    [name],
    tensorAttribute(tensorProto("", element, shape as readonly number[], source.values)),
  );
}

function castNode(path: string): Message {
  return nodeProto("Cast", [halfName(path)], [path], (body) =>
    message(body, nodeField.attribute, attributeProto("to", "int", dataType.float32)),
  );
}
