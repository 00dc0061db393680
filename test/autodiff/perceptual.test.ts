import {
  anySize,
  convolution,
  createGraph,
  createScope,
  decodeOnnx,
  encodeOnnx,
  featuresOf,
  gradients,
  initialise,
  input,
  maxPool2,
  meanSquaredError,
  relu,
} from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { runGraph } from "../support/run-graph.ts";

/** A backbone as a file of any size of picture, with a layer inside that is no output. */
function backbone() {
  const { batch, height, width } = anySize;
  const image = input("image", [batch, 3, height, width]);
  const scope = createScope();
  const inner = relu(convolution(scope.at("first"), image, { channels: 4 }));
  const scores = convolution(scope.at("second"), maxPool2(inner), { channels: 2 });
  const graph = createGraph("backbone", [image], { scores });
  return decodeOnnx(encodeOnnx(graph, initialise(graph, 3)), "backbone.onnx");
}

describe("perceptual features", () => {
  const { graph, weights } = backbone();
  const [a, b] = ["a", "b"].map((name) => input(name, [1, 3, 6, 8]));

  it("are a layer of a network read from a file, inside or at its end, with fixed weights", async () => {
    const inside = graph.nodes.find(({ operation }) => operation.type === "Relu")!.outputs[0].name!;
    for (const layer of [inside, "scores"]) {
      const features = featuresOf(graph, weights, layer);
      const loss = meanSquaredError(features(a), features(b));
      const [gradient] = gradients(loss, [a]);
      const built = createGraph("loss", [a, b], { loss, gradient });
      expect(built.parameters).toEqual([]);
      const picture = (value: number) => ({ shape: [1, 3, 6, 8], values: new Float32Array(144).fill(value) });
      const same = await runGraph(built, new Map(), { a: picture(0.5), b: picture(0.5) });
      expect(
        [same, await runGraph(built, new Map(), { a: picture(0.5), b: picture(1) })].map(
          ({ loss: l }) => l.values[0] > 0,
        ),
      ).toEqual([false, true]);
    }
  });

  it("name the layers there are, and refuse what is no network of one picture", () => {
    expect(() => featuresOf(graph, weights, "relu9")).toThrow(/no relu9; choose one of scores, /);
    expect(() => featuresOf(graph, new Map(), "scores")).toThrow(/weight .* is missing/);
    const two = createGraph("two", [a, b], { sum: meanSquaredError(a, b) });
    expect(() => featuresOf(two, new Map(), "sum")).toThrow(/takes one picture; two takes a, b/);
  });
});
