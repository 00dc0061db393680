import { elementNumbers } from "../graph/element-type.ts";

// Field numbers of onnx.proto that graphs need. Source: onnx/onnx.proto of the ONNX project, IR version 8.

/** ModelProto. */
export const modelField = {
  irVersion: 1,
  producerName: 2,
  graph: 7,
  opsetImport: 8,
  metadata: 14,
  functions: 25,
} as const;
/** OperatorSetIdProto. */
export const opsetField = { domain: 1, version: 2 } as const;
/** StringStringEntryProto. */
export const entryField = { key: 1, value: 2 } as const;
/** GraphProto. */
export const graphField = { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparseInitializer: 15 } as const;
/** NodeProto. */
export const nodeField = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
/** AttributeProto. */
export const attributeField = {
  name: 1,
  float: 2,
  int: 3,
  string: 4,
  tensor: 5,
  ints: 8,
  type: 20,
} as const;
/** TensorProto. */
export const tensorField = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  int64Data: 7,
  name: 8,
  rawData: 9,
  externalData: 13,
  dataLocation: 14,
} as const;
/** ValueInfoProto; its type is a TypeProto, whose tensor_type has an element type and a shape of dimensions. */
export const valueField = {
  name: 1,
  type: 2,
  tensorType: 1,
  elementType: 1,
  shape: 2,
  dim: 1,
  size: 1,
  parameter: 2,
} as const;

/** AttributeProto.AttributeType. */
export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, ints: 7 } as const;
/** TensorProto.DataType of the element types of graphs, and of float16, which weights may be stored in. */
export const dataType = { ...elementNumbers, float16: 10 } as const;

/** The IR version of opset 18; every runtime since 2023 reads both. */
export const irVersion = 8;
/** The opset that files are written with. */
export const writtenOpset = 18;
/** The newest opset in which all supported operations have the meaning implemented here. */
export const newestOpset = 22;
