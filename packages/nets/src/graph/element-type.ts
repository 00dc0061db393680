/**
 * The type of a tensor's elements. Weights may be stored as float16 in a file; in a graph they are float32, or the
 * small integers of a quantised network.
 */
export type ElementType = "float32" | "int64" | "bool" | "uint8" | "int8" | "int32";

/** ONNX's number of each element type (TensorProto.DataType). */
export const elementNumbers: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** Finds the element type with an ONNX number; undefined if graphs do not support that type. */
export function findElementType(onnxNumber: number): ElementType | undefined {
  return (Object.keys(elementNumbers) as ElementType[]).find((type) => elementNumbers[type] === onnxNumber);
}
