import { createRandom } from "@kindling/core";
import {
  add,
  constant,
  convolution,
  createGraph,
  createScope,
  decodeOnnx,
  encodeOnnx,
  freeDimension,
  type Graph,
  initialise,
  input,
  integers,
  normal,
  quantisableConvolutions,
  quantiseConvolutions,
  relu,
  type Tensor,
  type Weights,
} from "@kindling/nets";
import { dequantizeLinear } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { runGraph } from "./support/run-graph.ts";

const image = (channels: number) => input("image", [1, channels, freeDimension("h"), freeDimension("w")]);

/** One convolution of single pixels, from the weights of its outputs. */
function pointwise(rows: readonly (readonly number[])[], bias: readonly number[]) {
  const x = image(rows[0]!.length);
  const graph = createGraph("one", [x], {
    y: convolution(createScope().at("c"), x, { channels: rows.length, kernel: 1 }),
  });
  const weights: Weights = new Map([
    ["c/weight", { shape: [rows.length, rows[0]!.length, 1, 1], values: Float32Array.from(rows.flat()) }],
    ["c/bias", { shape: [rows.length], values: Float32Array.from(bias) }],
  ]);
  return { graph, weights };
}

function quantised(
  { graph, weights }: { graph: Graph; weights: Weights },
  magnitudes: (tensor: Tensor) => readonly number[],
) {
  const convolutions = quantisableConvolutions(graph);
  const watched = convolutions.flatMap(({ node, result }) => [node.inputs[0]!, result]);
  const known = new Map(watched.map((tensor) => [tensor, Float32Array.from(magnitudes(tensor))]));
  return quantiseConvolutions(graph, weights, convolutions, known);
}

function constantsOf(graph: Graph, element: string): number[][] {
  return graph.nodes.flatMap(({ operation, inputs: [x] }) =>
    operation.type === "DequantizeLinear" && x?.element === element && x.source.kind === "constant"
      ? [Array.from(x.source.values, Number)]
      : [],
  );
}

describe("a convolution in whole numbers", () => {
  it("rounds what it reads and makes to steps, and cuts off what is beyond them", async () => {
    // Steps of 0.01 and 0.05: in them the weight is 2 * 0.01 / 0.05 = 0.4, the bias 0.5 / 0.05 = 10.
    const one = pointwise([[2]], [0.5]);
    const graph = quantised(one, (tensor) => (tensor.source.kind === "input" ? [1.27] : [6.35]));
    const values = Float32Array.of(0, 0.304, 2, -5);
    const { y } = await runGraph(graph, new Map(), { image: { shape: [1, 1, 1, 4], values } });
    // 10; 30 * 0.4 + 10 = 22; 127 * 0.4 + 10 = 60.8; -128 * 0.4 + 10 = -41.2: each to a whole step of 0.05.
    for (const [i, expected] of [0.5, 1.1, 3.05, -2.05].entries()) expect(y!.values[i]).toBeCloseTo(expected, 5);
  });

  it("has weights up to 63, in a scale of its own for each channel it makes", () => {
    const one = pointwise(
      [
        [1, -0.25],
        [0.02, 0.01],
      ],
      [0, 0.1],
    );
    const graph = quantised(one, () => [1.27, 1.27]);
    // -0.25 * 63 = -15.75 and 0.01 / 0.02 * 63 = 31.5.
    expect(constantsOf(graph, "int8")).toEqual([[63, -16, 63, 32]]);
    // 0.1 in steps of 0.01, in units of 0.02 / 63.
    expect(constantsOf(graph, "int32")).toEqual([[0, 31500]]);
  });

  it("reads small channels in finer steps than large ones", () => {
    const graph = quantised(pointwise([[1, 1]], [0]), (tensor) => (tensor.source.kind === "input" ? [4, 1] : [5]));
    // The small channel's step is the geometric mean of 4 and 1, half of the other's, and so is the weight that reads it.
    expect(constantsOf(graph, "int8")).toEqual([[63, 32]]);
  });
});

describe("a residual network in whole numbers", () => {
  const x = image(4);
  const layer = (name: string, from: Tensor) =>
    convolution(createScope().at(name), from, { channels: 4, initialiser: normal(0, 0.3) });
  const inner = relu(layer("first", x));
  const graph = createGraph("residual", [x], { sum: add(x, layer("second", inner)), inner });
  const weights = initialise(graph, 3);
  const random = createRandom(1, "quantise");
  const picture = { shape: [1, 4, 9, 7], values: Float32Array.from({ length: 252 }, () => 2 * random() - 1) };
  const whole = quantised({ graph, weights }, ({ source }) =>
    Array.from({ length: 4 }, () => (source.kind === "input" ? 1 : 8)),
  );

  it("stays near the one in floats, and says the same of its outputs", async () => {
    const [expected, got] = await Promise.all([
      runGraph(graph, weights, { image: picture }),
      runGraph(whole, new Map(), { image: picture }),
    ]);
    for (const name of ["sum", "inner"]) {
      const errors = got[name]!.values.map((value, i) => Math.abs(value - expected[name]!.values[i]!));
      const greatest = errors.reduce((most, error) => Math.max(most, error), 0);
      // Not far from a step of 8 / 127, and not nothing.
      expect(greatest).toBeLessThan(0.15);
      expect(greatest).toBeGreaterThan(0.001);
    }
  });

  it("comes back from its file", () => {
    const file = encodeOnnx(whole, new Map());
    const { graph: read, weights: left } = decodeOnnx(file, "whole");
    expect(left.size).toBe(0);
    expect(encodeOnnx(read, left)).toEqual(file);
  });
});

describe("quantising", () => {
  it("leaves alone what is not a convolution of parameters of its own", () => {
    const scope = createScope();
    const x = image(2);
    const twice = convolution(scope.at("shared"), convolution(scope.at("shared"), x, { channels: 2 }), { channels: 2 });
    const graph = createGraph("g", [x], { y: convolution(scope.at("own"), twice, { channels: 2 }) });
    expect(quantisableConvolutions(graph).map(({ path }) => path)).toEqual(["own/weight"]);
  });

  it("refuses whole numbers of a kind or a scale that do not fit", () => {
    const bytes: Tensor = {
      element: "int8",
      shape: [3],
      source: { kind: "constant", values: new Int8Array(3) },
    };
    expect(() => dequantizeLinear(integers([1, 2]), constant(1))).toThrow(/of int64 is not supported/);
    expect(() => dequantizeLinear(bytes, constant([1, 2]), undefined, 0)).toThrow(/must be a scalar or fit axis 0/);
  });
});
