import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  add,
  convolution,
  createGraph,
  createScope,
  encodeOnnx,
  freeDimension,
  type Graph,
  initialise,
  input,
  maxPool2,
  mul,
  reduceMean,
  relu,
  repeatPixels,
  sigmoid,
  sqrt,
  sub,
  type Tensor,
} from "@kindling/nets";
import { openWasmSession } from "@kindling/nets/inference";
import { repeatEdgeToMultiple } from "@kindling/nets/internal";
import { openSession } from "@kindling/node";
import { networkMethods } from "@kindling/systems/inference";
import { describe, expect, test } from "vitest";
import { model, node, port } from "../support/onnx-bytes.ts";
import { largestDifference, patterned, runGraph } from "../support/run-graph.ts";

const models = fileURLToPath(new URL("../../models/", import.meta.url));

/** A picture of three channels and any size. */
const picture = input("image", [1, 3, freeDimension("height"), freeDimension("width")]);
const scope = createScope();

/** What a network ends in, and what it is called. */
const networks: readonly (readonly [string, Tensor])[] = [
  ["a convolution of 3x3 with few channels", convolution(scope.at("a"), picture, { channels: 5 })],
  [
    "one of 1x1 after one of 3x3",
    convolution(scope.at("b2"), convolution(scope.at("b1"), picture, { channels: 20 }), { channels: 9, kernel: 1 }),
  ],
  [
    "one of windows that do not overlap",
    convolution(scope.at("c"), picture, { channels: 48, kernel: 4, stride: 4, padding: 0 }),
  ],
  ["one of 3x3 with a stride of 2", convolution(scope.at("d"), picture, { channels: 12, stride: 2, padding: 1 })],
  ["a rectified one", relu(convolution(scope.at("e"), picture, { channels: 8 }))],
  ["values that two read", twoReaders()],
  ["a residual block", residual(convolution(scope.at("g"), picture, { channels: 8 }), "g")],
  ["a convolution added to what it reads", addedTo(convolution(scope.at("m1"), picture, { channels: 8 }))],
  ["a smaller map whose pixels are repeated", joined()],
  [
    "a picture that is made a multiple of 16",
    convolution(scope.at("h"), repeatEdgeToMultiple(picture, 16), { channels: 4 }),
  ],
  ["values one by one", sigmoid(sub(mul(sqrt(mul(picture, picture)), 3), 0.4))],
  [
    "a map scaled by one of a single pixel",
    mul(picture, convolution(scope.at("i"), meanOf(picture), { channels: 3, kernel: 1 })),
  ],
];

function twoReaders(): Tensor {
  const both = convolution(scope.at("f"), picture, { channels: 8 });
  return add(relu(both), both);
}

function residual(x: Tensor, name: string): Tensor {
  const first = relu(convolution(scope.at(`${name}1`), x, { channels: 8 }));
  return add(x, convolution(scope.at(`${name}2`), first, { channels: 8 }));
}

function addedTo(x: Tensor): Tensor {
  return add(x, convolution(scope.at("m2"), x, { channels: 8 }));
}

function joined(): Tensor {
  const whole = repeatEdgeToMultiple(picture, 16);
  const half = convolution(scope.at("j"), whole, { channels: 3, kernel: 2, stride: 2, padding: 0 });
  return add(repeatPixels(half, 2), whole);
}

function meanOf(x: Tensor): Tensor {
  return reduceMean(x, [2, 3]);
}

const graphOf = (result: Tensor): Graph => createGraph("tried", [picture], { result });

describe("a network in the module of WebAssembly", () => {
  test.each(networks.slice(0, -1))("with %s gives what ONNX Runtime gives, whatever the size", async (_, result) => {
    const graph = graphOf(result);
    const weights = initialise(graph, 5);
    const session = await openWasmSession(encodeOnnx(graph, weights));
    if (!session) throw new Error("The module does not take the network.");
    for (const [height, width] of [
      [37, 50],
      [4, 101],
      [37, 50],
      [129, 5],
    ] as const) {
      const feeds = patterned({ image: [1, 3, height, width] });
      const { result: wanted } = await runGraph(graph, weights, feeds);
      const { result: got } = await session.run(feeds);
      expect(got?.shape).toEqual(wanted?.shape);
      expect(largestDifference(got?.values ?? [], wanted?.values ?? [])).toBeLessThan(1e-5);
      session.free?.({ result: got as never });
    }
  });

  test("with what it could do only slowly is left to ONNX Runtime, as is one with operations that it does not know", async () => {
    const [, slow] = networks.at(-1) as (typeof networks)[number];
    const row = input("row", [1, 3, freeDimension("length")]);
    const others = [slow, maxPool2(repeatEdgeToMultiple(picture, 16))].map(graphOf);
    for (const graph of [...others, createGraph("row", [row], { result: relu(row) })]) {
      expect(await openWasmSession(encodeOnnx(graph, initialise(graph, 1)))).toBeUndefined();
    }
    const small = input("image", [1, 3, 8, 8]);
    const scaled = mul(small, convolution(scope.at("k"), meanOf(small), { channels: 3, kernel: 1 }));
    const graph = createGraph("small", [small], { result: scaled });
    const feeds = patterned({ image: [1, 3, 8, 8] });
    const session = await openWasmSession(encodeOnnx(graph, initialise(graph, 1)));
    const { result } = (await session?.run(feeds)) ?? {};
    const { result: wanted } = await runGraph(graph, initialise(graph, 1), feeds);
    expect(largestDifference(result?.values ?? [], wanted?.values ?? [])).toBeLessThan(1e-6);
  });

  test("runs one picture after the other, also when it is asked at once, and keeps results that nobody gave back", async () => {
    const graph = graphOf(convolution(scope.at("l"), picture, { channels: 4 }));
    const weights = initialise(graph, 2);
    const session = await openWasmSession(encodeOnnx(graph, weights));
    const sizes = [20, 33, 20, 47];
    const feeds = sizes.map((side) => patterned({ image: [1, 3, side, 24] }));
    const results = await Promise.all(feeds.map((feed) => session?.run(feed)));
    for (const [i, feed] of feeds.entries()) {
      const { result: wanted } = await runGraph(graph, weights, feed);
      const { result: got } = results[i] ?? {};
      expect(largestDifference(got?.values ?? [], wanted?.values ?? [])).toBeLessThan(1e-5);
    }
  });
});

/** A model of one operation on a picture of 8x8. */
const modelOf = (operation: Uint8Array, opset: number) => model([operation], [], port("image", 1, [1, 3, 8, 8]), opset);

/** A network of so many steps one after the other. */
function longNetwork(steps: number): Uint8Array {
  let result: Tensor = picture;
  for (let step = 0; step < steps; step++) result = sub(result, 0.1);
  const graph = graphOf(result);
  return encodeOnnx(graph, initialise(graph, 1));
}

describe("what the module cannot run right", () => {
  test.each([
    ["operations of an older opset", modelOf(node("Relu", ["image"], ["enhanced"]), 17)],
    ["a maximum of three", modelOf(node("Max", ["image", "image", "image"], ["enhanced"]), 18)],
    ["more steps than there are counters", longNetwork(520)],
  ])("is left to ONNX Runtime: %s", async (_, bytes) => {
    expect(await openWasmSession(bytes)).toBeUndefined();
  });

  test("is refused: a picture of too few pixels, of other channels, or too large for memory", async () => {
    const graph = graphOf(convolution(scope.at("n"), picture, { channels: 80, kernel: 4, stride: 1, padding: 0 }));
    const session = await openWasmSession(encodeOnnx(graph, initialise(graph, 1)));
    const codeOf = (shape: readonly number[]) => {
      const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
      return session?.run({ image: { shape, values } }).catch(({ code }) => code);
    };
    expect(await codeOf([1, 3, 9, 2])).toBe("invalid-model");
    expect(await codeOf([1, 4, 9, 9])).toBe("invalid-model");
    expect(await codeOf([1, 3, 2000, 2000])).toBe("out-of-memory");
  });
});

test("inputs are matched by name, in any order", async () => {
  const other = input("other", [1, 3, freeDimension("height"), freeDimension("width")]);
  const graph = createGraph("two", [picture, other], {
    result: convolution(scope.at("o1"), picture, { channels: 4 }),
    second: convolution(scope.at("o2"), other, { channels: 4 }),
  });
  const session = await openWasmSession(encodeOnnx(graph, initialise(graph, 1)));
  const { image, other: second } = patterned({ image: [1, 3, 8, 12], other: [1, 3, 12, 8] }) as Record<string, never>;
  await session?.run({ image, other: second });
  const results = await session?.run({ other: image, image: second });
  expect(results?.["result"]?.shape).toEqual([1, 4, 12, 8]);
});

/** Inputs of Ember's parts for a picture of 208x144; the overview sees two at once. */
const emberInputs: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  overview: { overview: [2, 3, 64, 64] },
  encoder: { image: [1, 3, 203, 139] },
  context: { coarse: [1, 64, 26, 18], features: [1, 64, 1, 1] },
  decoder: { fine: [1, 48, 52, 36], context: [1, 64, 26, 18], features: [1, 64, 1, 1] },
};

describe("networks that pages run in the module", () => {
  const own = networkMethods.filter(({ runsInModule }) => runsInModule).map(({ name }) => name);

  test("are Ember", () => {
    expect(own).toEqual(["ember"]);
  });

  test.each(Object.entries(emberInputs))("its %s gives what ONNX Runtime gives", async (part, shapes) => {
    const bytes = new Uint8Array(readFileSync(`${models}ember/free.${part}.onnx`));
    // Of a picture, whose black is found only above 0.
    const feeds = patterned(shapes, part === "overview" ? 0.01 : undefined);
    const [module, runtime] = await Promise.all([openWasmSession(bytes), openSession(bytes, { device: "cpu" })]);
    const [got, wanted] = [await module?.run(feeds), await runtime.run(feeds)];
    await runtime.dispose();
    for (const [name, { shape, values }] of Object.entries(wanted)) {
      expect(got?.[name]?.shape, name).toEqual(shape);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largestDifference(got?.[name]?.values ?? [], values) / largest, name).toBeLessThan(1e-4);
    }
  });

  test.each([
    [2, 1],
    [1, 2],
  ])("%i pictures go with %i lists of features", async (pictures, lists) => {
    const bytes = new Uint8Array(readFileSync(`${models}ember/free.context.onnx`));
    const session = await openWasmSession(bytes);
    const feeds = patterned({ coarse: [pictures, 64, 8, 8], features: [lists, 64, 1, 1] });
    const runtime = await openSession(bytes, { device: "cpu" });
    const [got, wanted] = [await session?.run(feeds), await runtime.run(feeds)];
    await runtime.dispose();
    const [ours, theirs] = [got, wanted].map((results) => Object.values(results ?? {})[0]);
    expect(ours?.shape).toEqual([2, 64, 8, 8]);
    const largest = theirs?.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0;
    expect(largestDifference(ours?.values ?? [], theirs?.values ?? []) / largest).toBeLessThan(1e-4);
  });
});
