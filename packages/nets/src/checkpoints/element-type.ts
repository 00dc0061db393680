import { widenBfloat16, widenFloat16 } from "./float16.ts";
import type { StoredTensor } from "./stored-tensor.ts";

/** The element types Kindling reads from any framework's checkpoint. */
export type ElementType =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint8"
  | "bool";

interface ElementLayout {
  /** Bytes of one element in the file. */
  readonly stored: number;
  /** Bytes of one element once decoded. */
  readonly decoded: number;
  readonly decode: (data: ArrayBuffer) => StoredTensor["values"];
}

const layouts: Readonly<Record<ElementType, ElementLayout>> = {
  float64: { stored: 8, decoded: 8, decode: (data) => new Float64Array(data) },
  float32: { stored: 4, decoded: 4, decode: (data) => new Float32Array(data) },
  float16: { stored: 2, decoded: 4, decode: (data) => widenFloat16(new Uint16Array(data)) },
  bfloat16: { stored: 2, decoded: 4, decode: (data) => widenBfloat16(new Uint16Array(data)) },
  int64: { stored: 8, decoded: 8, decode: (data) => Float64Array.from(new BigInt64Array(data), Number) },
  int32: { stored: 4, decoded: 4, decode: (data) => new Int32Array(data) },
  int16: { stored: 2, decoded: 4, decode: (data) => Int32Array.from(new Int16Array(data)) },
  int8: { stored: 1, decoded: 4, decode: (data) => Int32Array.from(new Int8Array(data)) },
  uint8: { stored: 1, decoded: 1, decode: (data) => new Uint8Array(data) },
  bool: { stored: 1, decoded: 1, decode: (data) => new Uint8Array(data) },
};

/** Bytes that one element takes in a file. */
export function storedBytes(type: ElementType): number {
  return layouts[type].stored;
}

/** Bytes that one element takes once decoded: what an allocation budget has to count. */
export function decodedBytes(type: ElementType): number {
  return layouts[type].decoded;
}

/** Decodes little-endian elements; the byte count must be a multiple of the element's. The result shares no memory with the file. */
export function decodeElements(type: ElementType, bytes: Uint8Array): StoredTensor["values"] {
  // Always a copy: tensor data need not be aligned, and `slice` of a Node Buffer would be a view of a larger pool.
  return layouts[type].decode(new Uint8Array(bytes).buffer);
}
