import { KindlingError } from "@kindling/core";
import { createAllocationBudget, type Refuse } from "./allocation-budget.ts";
import { decodedBytes, decodeElements, type ElementType, storedBytes } from "./element-type.ts";
import { narrowFloat16 } from "./float16.ts";
import { countOf, type StoredTensor } from "./stored-tensor.ts";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ["F64", "float64"],
  ["F32", "float32"],
  ["F16", "float16"],
  ["BF16", "bfloat16"],
  ["I64", "int64"],
  ["I32", "int32"],
  ["I16", "int16"],
  ["I8", "int8"],
  ["U8", "uint8"],
  ["BOOL", "bool"],
]);

/**
 * Reads a safetensors file: an 8-byte header length, a JSON header, then little-endian tensor data.
 *
 * @param file names the file in errors.
 * @throws {KindlingError} `invalid-model` where the header, a type, a shape or an offset does not fit the bytes.
 * @example
 * // runs
 * const file = writeSafetensors(new Map([["bias", { shape: [2], values: Float32Array.of(0.5, 1) }]]));
 * readSafetensors(file, "weights.safetensors").get("bias")?.values; // [0.5, 1]
 */
export function readSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const refuse: Refuse = (reason, options) =>
    new KindlingError("invalid-model", `${file}: not a safetensors file Kindling can read: ${reason}.`, options);
  const allocate = createAllocationBudget(bytes.length, refuse);
  const { header, data } = splitHeader(bytes, refuse);

  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (!isEntry(entry)) throw refuse(`the entry of ${name} is malformed`);
    const type = elementTypes.get(entry.dtype);
    if (!type) throw refuse(`${name} has the type ${entry.dtype}; known are ${[...elementTypes.keys()].join(", ")}`);
    const [begin, end] = entry.data_offsets;
    const count = countOf(entry.shape);
    if (begin > end || end > data.length || end - begin !== count * storedBytes(type)) {
      throw refuse(`${name} of shape [${entry.shape.join(", ")}] does not fill bytes ${begin} to ${end}`);
    }
    allocate(count * decodedBytes(type), name);
    tensors.set(name, { shape: entry.shape, values: decodeElements(type, data.subarray(begin, end)) });
  }
  return tensors;
}

function splitHeader(bytes: Uint8Array, refuse: Refuse): { header: object; data: Uint8Array } {
  if (bytes.length < 8) throw refuse(`${bytes.length} bytes are fewer than the 8 of its header length`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > bytes.length - 8) throw refuse(`its header claims ${headerBytes} bytes of ${bytes.length}`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + headerBytes)));
  } catch (cause) {
    throw refuse("its header is not JSON", { cause });
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) throw refuse("its header is no object");
  return { header, data: bytes.subarray(8 + headerBytes) };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<Entry>;
  const isCount = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every(isCount) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isCount)
  );
}

/**
 * Writes tensors as a safetensors file.
 *
 * The same tensors give the same bytes: names are sorted by code unit, and the header is padded with spaces so that
 * the data begins at a multiple of 8 bytes.
 *
 * @param type what every value is stored as; float16 rounds to nearest, ties to even.
 * @throws {KindlingError} `invalid-model` where a tensor's values do not fill its shape, or its name is `__metadata__`.
 * @example
 * // runs
 * const file = writeSafetensors(weights, "float16");
 * file.length < 4 * countParameters(graph); // true
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  type: "float32" | "float16" = "float32",
): Uint8Array<ArrayBuffer> {
  const names = [...tensors.keys()].sort();
  const entries: [string, Entry][] = [];
  let end = 0;
  for (const name of names) {
    const { shape, values } = tensors.get(name)!;
    if (name === "__metadata__") throw new KindlingError("invalid-model", "__metadata__ is no name for a tensor.");
    if (countOf(shape) !== values.length) {
      throw new KindlingError("invalid-model", `${name}: ${values.length} values for the shape [${shape.join(", ")}].`);
    }
    const begin = end;
    end += values.length * storedBytes(type);
    entries.push([name, { dtype: type === "float16" ? "F16" : "F32", shape, data_offsets: [begin, end] }]);
  }

  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes).set(json, 8);
  for (const [name, { data_offsets: offsets }] of entries) {
    const { values } = tensors.get(name)!;
    const [begin, count] = [8 + headerBytes + offsets[0], values.length];
    if (type === "float32") new Float32Array(file.buffer, begin, count).set(values);
    else new Uint16Array(file.buffer, begin, count).set(narrowFloat16(new Float32Array(values)));
  }
  return file;
}
