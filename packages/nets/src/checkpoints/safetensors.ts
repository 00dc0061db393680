import { KindlingError } from "@kindling/core";
import { widenFloat16 } from "./float16.ts";

/** A tensor as it lies in a checkpoint: dimensions outermost first, values in that order. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Float16 is widened to float32; 64-bit integers become doubles. */
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const decoders: Readonly<Record<string, { bytes: number; read: (data: ArrayBuffer) => StoredTensor["values"] }>> = {
  F64: { bytes: 8, read: (data) => new Float64Array(data) },
  F32: { bytes: 4, read: (data) => new Float32Array(data) },
  F16: { bytes: 2, read: (data) => widenFloat16(new Uint16Array(data)) },
  I64: { bytes: 8, read: (data) => Float64Array.from(new BigInt64Array(data), Number) },
  I32: { bytes: 4, read: (data) => new Int32Array(data) },
  U8: { bytes: 1, read: (data) => new Uint8Array(data) },
};

/**
 * Reads a safetensors file: an 8-byte header length, a JSON header, then little-endian tensor data.
 *
 * @param file names the file in errors.
 * @throws {KindlingError} `invalid-model` where the header, a type, a shape or an offset does not fit the bytes.
 */
export function readSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const refuse = (reason: string) =>
    new KindlingError("invalid-model", `${file}: not a safetensors file Kindling can read: ${reason}.`);
  if (bytes.length < 8) throw refuse(`${bytes.length} bytes are fewer than the 8 of its header length`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > bytes.length - 8) throw refuse(`its header claims ${headerBytes} bytes of ${bytes.length}`);

  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + headerBytes)));
  } catch (cause) {
    throw new KindlingError("invalid-model", `${file}: the safetensors header is not JSON.`, { cause });
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) throw refuse("its header is no object");

  const data = bytes.subarray(8 + headerBytes);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (!isEntry(entry)) throw refuse(`the entry of ${name} is malformed`);
    const decoder = Object.hasOwn(decoders, entry.dtype) ? decoders[entry.dtype] : undefined;
    if (!decoder) throw refuse(`${name} has the type ${entry.dtype}; known are ${Object.keys(decoders).join(", ")}`);
    const [begin, end] = entry.data_offsets;
    const count = entry.shape.reduce((product, side) => product * side, 1);
    if (begin > end || end > data.length || end - begin !== count * decoder.bytes) {
      throw refuse(`${name} of shape [${entry.shape.join(", ")}] does not fill bytes ${begin} to ${end}`);
    }
    // A copy: tensor data need not be aligned to its element size.
    tensors.set(name, { shape: entry.shape, values: decoder.read(data.slice(begin, end).buffer as ArrayBuffer) });
  }
  return tensors;
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
