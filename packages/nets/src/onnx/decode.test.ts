import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import {
  add,
  clip,
  concat,
  leakyRelu,
  matMul,
  maxPool2,
  mul,
  reshape,
  sizeOf,
  upsampleBilinear2,
} from "../graph/builders.ts";
import { format, freeDimension } from "../graph/dimension.ts";
import { createGraph, type Graph } from "../graph/graph.ts";
import { initialise } from "../graph/initialise.ts";
import { convolution, cropTo } from "../graph/layers.ts";
import { resizeNearest } from "../graph/sampling.ts";
import { createScope } from "../graph/scope.ts";
import { constant, input, integers, type Tensor } from "../graph/tensor.ts";
import { decodeOnnx } from "./decode.ts";
import { encodeOnnx } from "./encode.ts";
import { readModel } from "./read-model.ts";
import {
  attributeField,
  attributeType,
  dataType,
  graphField,
  modelField,
  nodeField,
  opsetField,
  tensorField,
  valueField,
} from "./wire.ts";

/** A small graph with a parameter, constants, sizes and several outputs. */
function smallGraph(): Graph {
  const image = input("image", [freeDimension("batch"), 3, freeDimension("height"), freeDimension("width")]);
  const scope = createScope();
  const x = leakyRelu(convolution(scope.at("first"), image, { channels: 2 }), 0.2);
  const up = cropTo(upsampleBilinear2(maxPool2(x), "half_pixel"), x);
  const both = concat([clip(up, 0, 1), x], 1);
  const small = resizeNearest(both, integers([4]), sizeOf(both, 3));
  return createGraph("small", [image], { small, scaled: mul(both, constant([1, 2, 3, 4], [1, 4, 1, 1])) });
}

const graph = smallGraph();
const weights = initialise(graph, 1);
const file = encodeOnnx(graph, weights, { metadata: { paper: "none" } });

it("leaves the batch of the named inputs open, and only that", () => {
  const [a, b] = ["a", "b"].map((name) => input(name, [4, 3, 8, 8])) as [Tensor, Tensor];
  const sum = createGraph("sum", [a, b], { y: add(a, b) });
  const { inputs, outputs } = readModel(encodeOnnx(sum, new Map(), { openBatch: [a] }));
  expect(inputs.map(({ shape }) => shape)).toEqual([
    [undefined, 3, 8, 8],
    [4, 3, 8, 8],
  ]);
  expect(outputs[0]!.shape).toEqual([4, 3, 8, 8]);
});

/** An ONNX file made by hand around one node. */
function handmade(
  change: Partial<{
    operator: string;
    domain: string;
    opset: number;
    inputs: string[];
    outputs: string[];
    attribute: (writer: BinaryWriter) => void;
    initialiser: (writer: BinaryWriter) => void;
    side: number;
  }>,
): Uint8Array {
  const {
    operator = "Relu",
    domain = "",
    opset = 18,
    inputs = ["x"],
    outputs = ["y"],
    attribute,
    initialiser,
    side = 4,
  } = change;
  const writer = new BinaryWriter();
  const text = (field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
  const message = (field: number, write: () => void) => {
    writer.tag(field, WireType.LengthDelimited).fork();
    write();
    writer.join();
  };
  const port = (field: number, name: string) =>
    message(field, () => {
      text(valueField.name, name);
      message(valueField.type, () =>
        message(valueField.tensorType, () => {
          writer.tag(valueField.elementType, WireType.Varint).int32(dataType.float32);
          message(valueField.shape, () =>
            message(valueField.dim, () => writer.tag(valueField.size, WireType.Varint).int64(side)),
          );
        }),
      );
    });
  message(modelField.graph, () => {
    message(graphField.node, () => {
      for (const name of inputs) text(nodeField.input, name);
      for (const name of outputs) text(nodeField.output, name);
      text(nodeField.operator, operator);
      text(nodeField.domain, domain);
      if (attribute) message(nodeField.attribute, () => attribute(writer));
    });
    if (initialiser) message(graphField.initializer, () => initialiser(writer));
    port(graphField.input, "x");
    port(graphField.output, "y");
  });
  message(modelField.opsetImport, () => {
    text(opsetField.domain, "");
    writer.tag(opsetField.version, WireType.Varint).int64(opset);
  });
  return writer.finish();
}

describe("reading an ONNX file", () => {
  it("gives back the graph, its names and its weights", () => {
    const decoded = decodeOnnx(file, "small.onnx");
    expect(decoded.metadata).toEqual({ paper: "none" });
    expect(decoded.graph.parameters.map(({ path }) => path)).toEqual(["first/weight", "first/bias"]);
    expect(decoded.weights.get("first/weight")).toEqual(weights.get("first/weight"));
    expect(decoded.graph.inputs[0].shape.map(format)).toEqual(["batch", "3", "height", "width"]);
    expect(Object.keys(decoded.graph.outputs)).toEqual(["small", "scaled"]);
    expect(decoded.graph.nodes.map((node) => node.operation.type)).toEqual(
      graph.nodes.map((node) => node.operation.type),
    );
  });

  it("takes a file made by other hands", () => {
    const { graph: relu } = decodeOnnx(handmade({}), "relu.onnx");
    expect(relu.nodes.map((node) => node.operation.type)).toEqual(["Relu"]);
    const { y } = relu.outputs;
    expect(y.shape).toEqual([4]);
  });

  it("takes numbers that stand one by one instead of as bytes", () => {
    const initialiser = (writer: BinaryWriter) => {
      writer.tag(tensorField.dims, WireType.Varint).int64(2);
      writer.tag(tensorField.dataType, WireType.Varint).int32(dataType.float32);
      writer.tag(tensorField.floatData, WireType.LengthDelimited).fork().float(1.5).float(-2).join();
      writer.tag(tensorField.name, WireType.LengthDelimited).string("w");
    };
    const { weights: read } = decodeOnnx(handmade({ operator: "Add", inputs: ["x", "w"], initialiser, side: 2 }), "f");
    expect(read.get("w")).toEqual({ shape: [2], values: Float32Array.of(1.5, -2) });
  });

  const floatAttribute = (name: string) => (writer: BinaryWriter) => {
    writer.tag(attributeField.name, WireType.LengthDelimited).string(name);
    writer.tag(attributeField.float, WireType.Bit32).float(1);
    writer.tag(attributeField.type, WireType.Varint).int32(attributeType.float);
  };
  const tensor = (dims: readonly number[], bytes: number, type: number) => (writer: BinaryWriter) => {
    for (const side of dims) writer.tag(tensorField.dims, WireType.Varint).int64(side);
    writer.tag(tensorField.dataType, WireType.Varint).int32(type);
    writer.tag(tensorField.rawData, WireType.LengthDelimited).bytes(new Uint8Array(bytes));
    writer.tag(tensorField.name, WireType.LengthDelimited).string("w");
  };

  it.each<[string, Uint8Array, RegExp]>([
    [
      "an operation nobody knows",
      handmade({ operator: "Frobnicate" }),
      /hostile: .*the operation Frobnicate is not supported/,
    ],
    ["an operation of another domain", handmade({ domain: "com.example" }), /domain com\.example/],
    ["an opset from before an operation", handmade({ opset: 9 }), /Relu of opset 9/],
    ["an opset from the future", handmade({ opset: 99 }), /Relu of opset 99/],
    ["an attribute nobody knows", handmade({ attribute: floatAttribute("gamma") }), /attribute gamma of Relu/],
    [
      "an attribute of another kind",
      handmade({ operator: "Concat", attribute: floatAttribute("axis") }),
      /not of the kind int/,
    ],
    ["a tensor used before it is made", handmade({ inputs: ["later"] }), /later is used before/],
    ["a name given twice", handmade({ outputs: ["x"] }), /x is defined twice/],
    ["too few inputs", handmade({ inputs: [] }), /Relu: it takes 1 to 1 inputs, got 0/],
    ["more outputs than there are", handmade({ outputs: ["y", "z"] }), /2 outputs/],
    ["a side below one", handmade({ side: 0 }), /side that is not an integer/],
    [
      "a shape that claims more than its bytes",
      handmade({ initialiser: tensor([1e9, 1e9], 8, dataType.float32) }),
      /does not fill its 8 bytes/,
    ],
    ["a negative side", handmade({ initialiser: tensor([-1, -2], 8, dataType.float32) }), /does not fill/],
    ["an element type nobody knows", handmade({ initialiser: tensor([1], 8, 11) }), /element type 11/],
    ["no graph", new Uint8Array(), /has no graph/],
    ["text", new TextEncoder().encode("not a model at all"), /damaged or no ONNX file/],
  ])("refuses %s", (_, bytes, reason) => {
    expectInvalidModel(() => decodeOnnx(bytes, "hostile"), reason);
  });

  it("refuses sizes that grow without end, by products and by doubling", () => {
    const side = freeDimension("h");
    const doubled = () => {
      let x = input("x", [side, 2]);
      for (let i = 0; i < 60; i++) x = concat([x, x], 0);
    };
    const flattened = () => {
      let x = input("x", [side, side]);
      for (let i = 0; i < 60; i++) x = matMul(reshape(x, [-1, 1]), reshape(x, [1, -1]));
    };
    expectInvalidModel(doubled, /became too long an expression/);
    expectInvalidModel(flattened, /became too long an expression/);
  });

  it("ends in one clear error or in a graph whatever is done to a file's bytes", () => {
    expectSafeOnDamage(file, (damaged) => decodeOnnx(damaged, "damaged"));
  });

  it("says which weights are missing, unexpected or of the wrong shape", () => {
    const wrong = new Map([
      ["first/weight", { shape: [1], values: Float32Array.of(1) }],
      ["second/bias", { shape: [1], values: Float32Array.of(1) }],
    ]);
    expectInvalidModel(
      () => encodeOnnx(graph, wrong),
      /first\/weight is \[1\], not \[2,3,3,3\]; first\/bias \[2\] is missing; second\/bias is not expected/,
    );
  });
});
