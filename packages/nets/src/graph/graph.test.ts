import { describe, expect, it } from "vitest";
import { expectInvalidModel } from "../../../../test/support/hostile-bytes.ts";
import {
  add,
  batchNormalization,
  conv,
  maxPool2,
  mul,
  reduceMean,
  repeatPixels,
  sub,
  upsampleBilinear2,
} from "./builders.ts";
import { ceilDivide, freeDimension } from "./dimension.ts";
import { countMacs, countParameters, createGraph } from "./graph.ts";
import { initialise } from "./initialise.ts";
import { fillWith, normal, xavierUniform, zeros } from "./initialiser.ts";
import { convolution, cropTo, doublingConvolution } from "./layers.ts";
import { repeatEdgeToMultiple } from "./padding.ts";
import { createScope } from "./scope.ts";
import { input } from "./tensor.ts";
import { tilingOf } from "./tiling.ts";

const [h, w] = ["h", "w"].map(freeDimension);
const image = input("image", [1, 3, h, w]);

describe("a graph", () => {
  it("shares a parameter between the places that take it from one scope", () => {
    const scope = createScope().at("net");
    const once = convolution(scope.at("c"), image, { channels: 3 });
    const graph = createGraph("twice", [image], { y: convolution(scope.at("c"), once, { channels: 3 }) });
    expect(graph.parameters.map(({ path, shape }) => [path, shape])).toEqual([
      ["net/c/weight", [3, 3, 3, 3]],
      ["net/c/bias", [3]],
    ]);
    expect(countParameters(graph)).toBe(84);
    expect(countMacs(graph, { h: 10, w: 20 })).toBe(2 * 200 * 81);
  });

  it("does not count running statistics as learnt", () => {
    const scope = createScope();
    const [scale, offset, mean, variance] = ["scale", "offset", "mean", "variance"].map((name) =>
      scope.parameter(name, [3], zeros),
    );
    const graph = createGraph("norm", [image], { y: batchNormalization(image, scale, offset, mean, variance) });
    expect(graph.parameters.map(({ path, learnt }) => [path, learnt])).toEqual([
      ["scale", true],
      ["offset", true],
      ["mean", false],
      ["variance", false],
    ]);
    expect(countParameters(graph)).toBe(6);
  });

  it("lists each node after what it needs, however deep", () => {
    let x = image;
    for (let i = 0; i < 20_000; i++) x = add(x, 1);
    expect(createGraph("deep", [image], { x }).nodes).toHaveLength(20_000);
  });

  it("gives an output of its own to what is an input, or two outputs at once", () => {
    const y = add(image, 1);
    const graph = createGraph("same", [image], { a: image, b: y, c: y });
    expect(graph.nodes.map((node) => node.operation.type)).toEqual(["Identity", "Add", "Identity"]);
  });

  it("refuses inputs it was not told of, and names used twice", () => {
    expectInvalidModel(() => createGraph("g", [], { y: add(image, 1) }), /depend on image/);
    expectInvalidModel(() => createGraph("g", [image], { image: add(image, 1) }), /called image/);
    const parameter = () => createScope().parameter("p", [1], zeros);
    expectInvalidModel(() => createGraph("g", [], { y: add(parameter(), parameter()) }), /two parameters are called p/);
  });

  it("refuses one parameter in two shapes", () => {
    const scope = createScope();
    scope.parameter("p", [1], zeros);
    expect(() => scope.parameter("p", [2], zeros)).toThrow(/p is \[1\] and \[2\]/);
  });
});

describe("fresh weights", () => {
  const scope = createScope();
  const many = scope.parameter("many", [100, 100, 3, 3], xavierUniform);
  const gauss = scope.parameter("gauss", [100, 1000], normal(2, 0.5));
  const graph = createGraph("weights", [], {
    a: mul(many, 1),
    b: add(gauss, 0),
    c: scope.parameter("c", [2], fillWith(7)),
  });
  const statistics = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
  };

  it("are spread as their initialisers say", () => {
    const weights = initialise(graph, 5);
    const limit = Math.sqrt(6 / 1800);
    const { values } = weights.get("many")!;
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.999 * limit);
    expect(statistics(values)[1]).toBeCloseTo(limit / Math.sqrt(3), 3);
    const [mean, deviation] = statistics(weights.get("gauss")!.values);
    expect(mean).toBeCloseTo(2, 2);
    expect(deviation).toBeCloseTo(0.5, 2);
    expect(weights.get("c")!.values).toEqual(Float32Array.of(7, 7));
  });

  it("depend on the seed alone", () => {
    expect(initialise(graph, 5)).toEqual(initialise(graph, 5));
    expect(initialise(graph, 6).get("many")).not.toEqual(initialise(graph, 5).get("many"));
  });
});

describe("tiling", () => {
  it("adds up borders at the scale they are at", () => {
    const scope = createScope();
    const x = convolution(scope.at("a"), image, { channels: 4, kernel: 5 }); // 2 px
    const y = doublingConvolution(scope.at("b"), convolution(scope.at("c"), maxPool2(x), { channels: 4 }), 4);
    // From the first pixel of a 2x2 block, a 3x3 window at half size reaches 2 px to the left and 3 px to the right.
    expect(tilingOf(createGraph("g", [image], { y }))).toEqual({ haloPx: 5, alignmentPx: 2 });
  });

  it("sees windows that look back only", () => {
    const weight = createScope().parameter("w", [3, 3, 3, 3], zeros);
    const back = conv(image, weight, undefined, { pads: [2, 2, 0, 0] });
    expect(tilingOf(createGraph("g", [image], { back }))).toEqual({ haloPx: 2, alignmentPx: 1 });
  });

  it("knows bilinear doubling by half-pixel centres, and not by aligned corners", () => {
    const resized = (centres: "half_pixel" | "align_corners") =>
      tilingOf(createGraph("g", [image], { y: upsampleBilinear2(maxPool2(image), centres) }));
    // The even pixel mixes in the block to its left: 2 px away; the odd one the block to its right: up to 2 px.
    expect(resized("half_pixel")).toEqual({ haloPx: 2, alignmentPx: 2 });
    expect(resized("align_corners")).toBeUndefined();
  });

  it("is in pixels of the picture where maps cover it in blocks", () => {
    const padded = repeatEdgeToMultiple(image, 2);
    const halved = createGraph("g", [image], { y: maxPool2(padded) });
    expect(tilingOf(halved)).toEqual({ haloPx: 1, alignmentPx: 2 });
    const map = input("map", [1, 3, ceilDivide(h, 2), ceilDivide(w, 2)]);
    const joined = cropTo(add(repeatPixels(map, 2), padded), image);
    // A pixel of the map stands for two of the picture, of which either may lie beyond the tile's own.
    expect(tilingOf(createGraph("g", [image, map], { y: joined }))).toEqual({ haloPx: 1, alignmentPx: 2 });
  });

  it("is not for what needs the whole picture", () => {
    expect(tilingOf(createGraph("g", [image], { y: sub(image, reduceMean(image)) }))).toBeUndefined();
    expect(tilingOf(createGraph("g", [image], { y: sub(image, reduceMean(image, [1])) }))).toEqual({
      haloPx: 0,
      alignmentPx: 1,
    });
    // Of an odd side the last row is left out, so the map does not cover the picture.
    const halved = convolution(createScope(), image, { channels: 3, kernel: 2, stride: 2, padding: 0 });
    expect(tilingOf(createGraph("g", [image], { y: halved }))).toBeUndefined();
  });
});
