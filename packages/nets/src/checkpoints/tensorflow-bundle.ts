import { BinaryReader } from "@bufbuild/protobuf/wire";
import { KindlingError } from "@kindling/core";
import { type Allocate, createAllocationBudget, type Refuse } from "./allocation-budget.ts";
import { maskedCrc32c } from "./crc32c.ts";
import { decodedBytes, decodeElements, type ElementType, storedBytes } from "./element-type.ts";
import { readSortedTable } from "./sorted-table.ts";
import { countOf, type StoredTensor } from "./stored-tensor.ts";

/** The files of one TensorFlow checkpoint. */
export interface TensorflowBundle {
  /** The bytes of `<prefix>.index`. */
  readonly index: Uint8Array;
  /** The bytes of `<prefix>.data-0000N-of-0000M`, shard 0 first. */
  readonly shards: readonly Uint8Array[];
}

/** `tensorflow/core/protobuf/tensor_bundle.proto`: one tensor's place. */
interface BundleEntry {
  dtype: number;
  shape: number[];
  shard: number;
  offset: number;
  size: number;
  crc32c: number;
  sliced: boolean;
}

// Numbers of `tensorflow/core/framework/types.proto`.
const elementTypes: ReadonlyMap<number, ElementType> = new Map([
  [1, "float32"],
  [2, "float64"],
  [3, "int32"],
  [4, "uint8"],
  [5, "int16"],
  [6, "int8"],
  [9, "int64"],
  [10, "bool"],
  [14, "bfloat16"],
  [19, "float16"],
]);
const stringType = 7;

/**
 * Reads a TensorFlow checkpoint of the "bundle" kind (`tf.train.Saver` of version 2, and TensorFlow 2's checkpoints).
 *
 * Every tensor is returned under its stored name and in its stored layout, optimiser slots included; text, such as
 * TensorFlow 2's object graph, is left out. All checksums are verified.
 *
 * @param file names the checkpoint in errors.
 * @throws {KindlingError} `invalid-model` where the index or a shard is damaged, missing, big-endian, or a variable is
 * partitioned.
 */
export function readTensorflowBundle({ index, shards }: TensorflowBundle, file: string): Map<string, StoredTensor> {
  const refuse: Refuse = (reason, options) =>
    new KindlingError("invalid-model", `${file}: not a TensorFlow bundle Kindling can read: ${reason}.`, options);
  const shardBytes = shards.reduce((sum, shard) => sum + shard.length, 0);
  const allocate = createAllocationBudget(index.length + shardBytes, refuse);

  const tensors = new Map<string, StoredTensor>();
  let isHeader = true;
  for (const [name, value] of readSortedTable(index, allocate, refuse)) {
    if (isHeader) {
      if (name !== "") throw refuse("its index does not begin with a header");
      checkHeader(value, shards.length, refuse);
      isHeader = false;
      continue;
    }
    const entry = readEntry(name, value, refuse);
    if (entry.dtype !== stringType) tensors.set(name, readTensor(name, entry, shards, allocate, refuse));
  }
  if (isHeader) throw refuse("its index is empty");
  return tensors;
}

function checkHeader(message: Uint8Array, given: number, refuse: Refuse): void {
  let shards = 0;
  let bigEndian = false;
  readFields(message, "the header", refuse, (field, reader) => {
    if (field === 1) shards = reader.int32();
    else if (field === 2) bigEndian = reader.int32() !== 0;
    else return false;
    return true;
  });
  if (bigEndian) throw refuse("it was written on a big-endian machine");
  if (shards !== given) {
    throw refuse(`its index names ${shards} data files (….data-0000N-of-0000M) and ${given} were given`);
  }
}

function readEntry(name: string, message: Uint8Array, refuse: Refuse): BundleEntry {
  const entry: BundleEntry = { dtype: 0, shape: [], shard: 0, offset: 0, size: 0, crc32c: 0, sliced: false };
  readFields(message, name, refuse, (field, reader) => {
    if (field === 1) entry.dtype = reader.int32();
    else if (field === 2) entry.shape = readShape(name, reader.bytes(), refuse);
    else if (field === 3) entry.shard = reader.int32();
    else if (field === 4) entry.offset = Number(reader.int64());
    else if (field === 5) entry.size = Number(reader.int64());
    else if (field === 6) entry.crc32c = reader.fixed32();
    else {
      entry.sliced ||= field === 7;
      return false;
    }
    return true;
  });
  return entry;
}

function readShape(name: string, message: Uint8Array, refuse: Refuse): number[] {
  const shape: number[] = [];
  readFields(message, name, refuse, (field, reader) => {
    if (field !== 2) return false;
    let side = 0;
    readFields(reader.bytes(), name, refuse, (sideField, sideReader) => {
      if (sideField !== 1) return false;
      side = Number(sideReader.int64());
      return true;
    });
    shape.push(side);
    return true;
  });
  return shape;
}

/** Reads the fields of a message one by one; `read` returns whether it has read the value of a field. */
function readFields(
  message: Uint8Array,
  name: string,
  refuse: Refuse,
  read: (field: number, reader: BinaryReader) => boolean,
): void {
  const reader = new BinaryReader(message);
  try {
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (!read(field, reader)) reader.skip(wireType, field);
    }
  } catch (cause) {
    if (cause instanceof KindlingError) throw cause;
    throw refuse(`the entry of ${name} is malformed`, { cause });
  }
}

function readTensor(
  name: string,
  { dtype, shape, shard, offset, size, crc32c, sliced }: BundleEntry,
  shards: readonly Uint8Array[],
  allocate: Allocate,
  refuse: Refuse,
): StoredTensor {
  if (sliced) throw refuse(`${name} is stored in slices (a partitioned variable); save it whole`);
  const type = elementTypes.get(dtype);
  if (!type) throw refuse(`${name} has TensorFlow's type ${dtype}; known are ${[...elementTypes.values()].join(", ")}`);
  if (shard < 0 || shard >= shards.length) throw refuse(`${name} lies in data file ${shard} of ${shards.length}`);
  const count = countOf(shape);
  if (shape.some((side) => side < 0) || size !== count * storedBytes(type)) {
    throw refuse(`${name} of shape [${shape.join(", ")}] and type ${type} does not fill its ${size} bytes`);
  }
  const data = shards[shard];
  if (offset < 0 || size > data.length - offset) {
    throw refuse(`${name} fills bytes ${offset} to ${offset + size} of a data file of ${data.length}`);
  }
  allocate(count * decodedBytes(type), name);
  const bytes = data.subarray(offset, offset + size);
  if (maskedCrc32c(bytes) !== crc32c) throw refuse(`${name} does not match its checksum`);
  return { shape, values: decodeElements(type, bytes) };
}
