import { BinaryReader, type WireType } from "@bufbuild/protobuf/wire";
import { KindlingError } from "@kindling/core";
import {
  attributeField,
  dataType,
  entryField,
  graphField,
  modelField,
  nodeField,
  opsetField,
  tensorField,
  valueField,
} from "./wire.ts";

/** A tensor of a file. */
export interface StoredValue {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  /** Little-endian elements; a view of the file. */
  readonly bytes: Uint8Array;
}

/** An attribute of a file. */
export interface StoredAttribute {
  readonly name: string;
  /** 0 if the file does not state it. */
  readonly type: number;
  readonly float: number;
  readonly int: number;
  readonly string: string;
  readonly ints: readonly number[];
  readonly tensor: StoredValue | undefined;
}

/** A node of a file. */
export interface StoredNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly StoredAttribute[];
}

/** An input or output of a file; a side is a number, a name, or undefined. */
export interface StoredPort {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (number | string | undefined)[];
}

/** The contents of an ONNX file, before its nodes are interpreted. */
export interface StoredModel {
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly name: string;
  readonly nodes: readonly StoredNode[];
  readonly initialisers: readonly StoredValue[];
  readonly inputs: readonly StoredPort[];
  readonly outputs: readonly StoredPort[];
}

type Fields = Readonly<Record<number, (reader: BinaryReader, wireType: WireType) => void>>;

/**
 * Reads the parts of an ONNX file that graphs need. Memory use is proportional to the file, because lengths stated in
 * it are checked against its bytes.
 *
 * @throws {KindlingError} `invalid-model` for functions, sparse tensors and external tensors, which graphs do not
 * support. For damaged bytes, the errors of the wire format's reader.
 */
export function readModel(bytes: Uint8Array): StoredModel {
  const opsets = new Map<string, number>();
  const metadata: [string, string][] = [];
  let graph: Uint8Array | undefined;
  readFields(bytes, {
    [modelField.graph]: (reader) => {
      graph = reader.bytes();
    },
    [modelField.opsetImport]: (reader) => {
      let [domain, version] = ["", 0];
      readFields(reader.bytes(), {
        [opsetField.domain]: (entry) => {
          domain = entry.string();
        },
        [opsetField.version]: (entry) => {
          version = Number(entry.int64());
        },
      });
      opsets.set(domain === "ai.onnx" ? "" : domain, version);
    },
    [modelField.metadata]: (reader) => {
      let [key, value] = ["", ""];
      readFields(reader.bytes(), {
        [entryField.key]: (entry) => {
          key = entry.string();
        },
        [entryField.value]: (entry) => {
          value = entry.string();
        },
      });
      metadata.push([key, value]);
    },
    [modelField.functions]: () => refuseFeature("functions"),
  });
  if (!graph) throw new KindlingError("invalid-model", "it has no graph");
  return { opsets, metadata: Object.fromEntries(metadata), ...readGraph(graph) };
}

function readGraph(bytes: Uint8Array) {
  const graph = {
    name: "",
    nodes: [] as StoredNode[],
    initialisers: [] as StoredValue[],
    inputs: [] as StoredPort[],
    outputs: [] as StoredPort[],
  };
  readFields(bytes, {
    [graphField.name]: (reader) => {
      graph.name = reader.string();
    },
    [graphField.node]: (reader) => graph.nodes.push(readNode(reader.bytes())),
    [graphField.initializer]: (reader) => graph.initialisers.push(readTensor(reader.bytes())),
    [graphField.input]: (reader) => graph.inputs.push(readPort(reader.bytes())),
    [graphField.output]: (reader) => graph.outputs.push(readPort(reader.bytes())),
    [graphField.sparseInitializer]: () => refuseFeature("sparse tensors"),
  });
  return graph;
}

function readNode(bytes: Uint8Array): StoredNode {
  const node = {
    operator: "",
    domain: "",
    inputs: [] as string[],
    outputs: [] as string[],
    attributes: [] as StoredAttribute[],
  };
  readFields(bytes, {
    [nodeField.operator]: (reader) => {
      node.operator = reader.string();
    },
    [nodeField.domain]: (reader) => {
      node.domain = reader.string();
    },
    [nodeField.input]: (reader) => node.inputs.push(reader.string()),
    [nodeField.output]: (reader) => node.outputs.push(reader.string()),
    [nodeField.attribute]: (reader) => node.attributes.push(readAttribute(reader.bytes())),
  });
  return node;
}

function readAttribute(bytes: Uint8Array): StoredAttribute {
  let [name, type, float, int, string] = ["", 0, 0, 0, ""];
  const ints: number[] = [];
  let tensor: StoredValue | undefined;
  readFields(bytes, {
    [attributeField.name]: (reader) => {
      name = reader.string();
    },
    [attributeField.type]: (reader) => {
      type = reader.int32();
    },
    [attributeField.float]: (reader) => {
      float = reader.float();
    },
    [attributeField.int]: (reader) => {
      int = Number(reader.int64());
    },
    [attributeField.string]: (reader) => {
      string = reader.string();
    },
    [attributeField.ints]: (reader, wireType) => readIntegers(reader, wireType, ints),
    [attributeField.tensor]: (reader) => {
      tensor = readTensor(reader.bytes());
    },
  });
  return { name, type, float, int, string, ints, tensor };
}

function readTensor(bytes: Uint8Array): StoredValue {
  let [name, type] = ["", 0];
  const shape: number[] = [];
  let raw: Uint8Array | undefined;
  const listed: number[] = [];
  readFields(bytes, {
    [tensorField.dims]: (reader, wireType) => readIntegers(reader, wireType, shape),
    [tensorField.dataType]: (reader) => {
      type = reader.int32();
    },
    [tensorField.name]: (reader) => {
      name = reader.string();
    },
    [tensorField.rawData]: (reader) => {
      raw = reader.bytes();
    },
    [tensorField.floatData]: (reader, wireType) => {
      if (wireType !== lengthDelimited) listed.push(reader.float());
      else for (const list = new BinaryReader(reader.bytes()); list.pos < list.len; ) listed.push(list.float());
    },
    [tensorField.int32Data]: (reader, wireType) => readIntegers(reader, wireType, listed),
    [tensorField.int64Data]: (reader, wireType) => readIntegers(reader, wireType, listed),
    [tensorField.externalData]: () => refuseFeature("tensors in other files"),
    [tensorField.dataLocation]: (reader) => {
      if (reader.int32() !== 0) refuseFeature("tensors in other files");
    },
  });
  return { name, type, shape, bytes: raw ?? bytesOfList(type, listed) };
}

/** Converts numbers that a file lists one by one to raw bytes. */
function bytesOfList(type: number, values: readonly number[]): Uint8Array {
  if (type === dataType.float32) return new Uint8Array(Float32Array.from(values).buffer);
  if (type === dataType.float16) return new Uint8Array(Uint16Array.from(values).buffer);
  if (type === dataType.int32) return new Uint8Array(Int32Array.from(values).buffer);
  if (type === dataType.int64) return new Uint8Array(BigInt64Array.from(values, toInt64).buffer);
  return Uint8Array.from(values);
}

function toInt64(value: number): bigint {
  return BigInt.asIntN(64, BigInt(value));
}

function readPort(bytes: Uint8Array): StoredPort {
  let [name, type] = ["", 0];
  const shape: (number | string | undefined)[] = [];
  const readShape: Fields = {
    [valueField.dim]: (reader) => {
      let side: number | string | undefined;
      readFields(reader.bytes(), {
        [valueField.size]: (dim) => {
          side = Number(dim.int64());
        },
        [valueField.parameter]: (dim) => {
          side = dim.string() || undefined;
        },
      });
      shape.push(side);
    },
  };
  const readTensorType: Fields = {
    [valueField.elementType]: (reader) => {
      type = reader.int32();
    },
    [valueField.shape]: (reader) => readFields(reader.bytes(), readShape),
  };
  readFields(bytes, {
    [valueField.name]: (reader) => {
      name = reader.string();
    },
    [valueField.type]: (reader) => {
      readFields(reader.bytes(), {
        [valueField.tensorType]: (typeReader) => readFields(typeReader.bytes(), readTensorType),
      });
    },
  });
  return { name, type, shape };
}

const lengthDelimited = 2;

/** Reads a repeated integer field: one number, or several packed together. */
function readIntegers(reader: BinaryReader, wireType: WireType, into: number[]): void {
  if (wireType !== lengthDelimited) into.push(Number(reader.int64()));
  else for (const list = new BinaryReader(reader.bytes()); list.pos < list.len; ) into.push(Number(list.int64()));
}

function readFields(bytes: Uint8Array, fields: Fields): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const read = fields[field];
    if (read) read(reader, wireType);
    else reader.skip(wireType, field);
  }
}

function refuseFeature(feature: string): never {
  throw new KindlingError("invalid-model", `it uses ${feature}, which are not supported`);
}
