import { encodeOnnx, initialise, inputName } from "@kindling/nets";
import { evaluateShape } from "@kindling/nets/internal";
import { findNetwork } from "@kindling/systems";
import * as ort from "onnxruntime-web";
import { expect, test } from "vitest";
import { largestDifference, runGraph } from "../support/run-graph.ts";

const size = { batch: 1, height: 19, width: 30 };

test.each(["kind/blind", "gladnet", "msr-net", "enlightengan/aligned", "retinex-net", "ember"])(
  "%s runs in onnxruntime-web as it does in onnxruntime-node",
  async (name) => {
    const graph = findNetwork(name).build();
    const weights = initialise(graph, 11);
    const inputs = Object.fromEntries(
      graph.inputs.map((tensor) => {
        const shape = evaluateShape(tensor.shape, size);
        const count = shape.reduce((product, side) => product * side, 1);
        return [
          inputName(tensor),
          { shape, values: Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 97) / 97) },
        ];
      }),
    );
    const expected = await runGraph(graph, weights, inputs);

    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(encodeOnnx(graph, weights), { executionProviders: ["wasm"] });
    const feeds = Object.entries(inputs).map(([key, { shape, values }]) => [
      key,
      new ort.Tensor("float32", values, shape),
    ]);
    const results = await session.run(Object.fromEntries(feeds));
    await session.release();
    for (const [key, { shape, values }] of Object.entries(expected)) {
      expect(results[key]?.dims).toEqual(shape);
      expect(largestDifference(Float32Array.from(results[key]?.data as Float32Array), values)).toBeLessThan(1e-5);
    }
  },
);
