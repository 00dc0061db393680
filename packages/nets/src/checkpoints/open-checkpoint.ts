import { KindlingError } from "@kindling/core";
import { isPickle, isZip, readPytorch } from "./pytorch.ts";
import { readSafetensors } from "./safetensors.ts";
import { isSortedTable } from "./sorted-table.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import { readTensorflowBundle } from "./tensorflow-bundle.ts";

/** A file's name, for errors and for the order of data files, and its bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The formats that are recognised; an ONNX file is a model with its graph, which `decodeOnnx` reads. */
export type CheckpointFormat = "safetensors" | "tensorflow-bundle" | "pytorch" | "onnx";

/** Recognises the format of a checkpoint by its bytes, never by its name; undefined if it is none of them. */
export function checkpointFormat(bytes: Uint8Array): CheckpointFormat | undefined {
  if (isZip(bytes) || isPickle(bytes)) return "pytorch";
  if (isSortedTable(bytes)) return "tensorflow-bundle";
  if (isSafetensors(bytes)) return "safetensors";
  if (isOnnx(bytes)) return "onnx";
  return undefined;
}

/**
 * Reads a checkpoint of any supported framework: its tensors by their stored names.
 *
 * @param files one file, or a TensorFlow bundle's `.index` with all its `.data-0000N-of-0000M` files in any order.
 * @throws {KindlingError} `invalid-model` if the format is not supported or the file is damaged or hostile.
 * @example
 * const stored = openCheckpoint([{ name: "checkpoint.pth", bytes }]);
 * for (const [name, { shape }] of stored) console.log(name, shape);
 */
export function openCheckpoint(files: readonly NamedBytes[]): Map<string, StoredTensor> {
  const index = files.find(({ bytes }) => checkpointFormat(bytes) === "tensorflow-bundle");
  if (index) {
    const data = files.filter((file) => file !== index).sort((a, b) => (a.name < b.name ? -1 : 1));
    return readTensorflowBundle({ index: index.bytes, shards: data.map(({ bytes }) => bytes) }, index.name);
  }
  const [file] = files;
  if (!file || files.length > 1) {
    const names = files.map(({ name }) => name).join(", ");
    throw new KindlingError(
      "invalid-model",
      `${names || "No file"}: several files make one checkpoint only as a TensorFlow bundle, and its .index is not among them.`,
    );
  }
  const { name, bytes } = file;
  const format = checkpointFormat(bytes);
  if (format === "pytorch") return readPytorch(bytes, name);
  if (format === "safetensors") return readSafetensors(bytes, name);
  const problem = format === "onnx" ? "an ONNX model, not a checkpoint; open it as a model" : "in no supported format";
  throw new KindlingError(
    "invalid-model",
    `${name}: ${problem}. Supported checkpoints are safetensors, PyTorch (.pth, .pt, .tar) and TensorFlow bundles ` +
      "(the .index together with its .data files).",
  );
}

function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 9) return false;
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  return headerBytes <= bytes.length - 8 && bytes[8] === 0x7b;
}

/** ModelProto begins with `ir_version`, field 1, a small number; then comes a string or, seldom, the graph itself. */
function isOnnx(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x08 && bytes[1] > 0 && bytes[1] < 0x20 && [0x12, 0x1a, 0x22, 0x32, 0x3a, 0x42].includes(bytes[2])
  );
}
