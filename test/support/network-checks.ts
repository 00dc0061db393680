import type { ModelSession, ModelTensor, ModelTensors } from "@kindling/core";
import {
  decodeOnnx,
  encodeOnnx,
  type Graph,
  initialise,
  inputName,
  type Network,
  tilingOf,
  type Weights,
} from "@kindling/nets";
import { evaluateShape } from "@kindling/nets/internal";
import { openSession } from "@kindling/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { largestDifference, seededFloat16 } from "./run-graph.ts";

/** Describes tests of what holds for every network: its files, its float16 weights, its sizes and its tiles. */
export function describeConformance(networks: readonly Network[]): void {
  describe.each(networks.map((network) => [network.name, network] as const))("%s", (_, { build }) => {
    const graph = build();
    let weights: Weights;
    /** The network with its weights in float32, opened once: networks of millions of weights take seconds. */
    let session: ModelSession;
    beforeAll(async () => {
      weights = initialise(graph, 7);
      session = await openSession(encodeOnnx(graph, weights), { device: "cpu" });
    });
    afterAll(() => session.dispose());

    it.each(["float32", "float16"] as const)(
      "is the same file after decoding and encoding again in %s",
      (precision) => {
        const file = encodeOnnx(graph, weights, { precision, metadata: { card: "a card" } });
        const decoded = decodeOnnx(file, "file");
        // Where there are no weights, a file cannot tell how it would store them.
        expect(decoded.precision).toBe(weights.size > 0 ? precision : "float32");
        expect(decoded.metadata).toEqual({ card: "a card" });
        expect(outline(decoded.graph)).toEqual(outline(graph));
        const again = encodeOnnx(decoded.graph, decoded.weights, { precision, metadata: decoded.metadata });
        expect(Buffer.compare(again, file)).toBe(0);
      },
    );

    it("stays within 2/255 with float16 weights", async () => {
      const inputs = randomInputs(graph, 1, 32, 48);
      const exact = await session.run(inputs);
      const half = await openSession(encodeOnnx(graph, weights, { precision: "float16" }), { device: "cpu" });
      const halved = await half.run(inputs);
      await half.dispose();
      for (const [key, { values }] of Object.entries(exact)) {
        expect(largestDifference(halved[key].values, values)).toBeLessThanOrEqual(2 / 255);
      }
    });

    it("runs at odd sizes, on strips and on single pixels, in batches, with the shapes it foretells", async () => {
      for (const [batch, height, width] of [
        [2, 17, 33],
        [1, 1, 19],
        [1, 19, 1],
        [1, 1, 1],
        [1, 31, 18],
      ]) {
        const results = await session.run(randomInputs(graph, batch, height, width));
        for (const [key, tensor] of Object.entries(graph.outputs)) {
          expect(results[key].shape).toEqual(evaluateShape(tensor.shape, { batch, height, width }));
          expect(results[key].values.every(Number.isFinite)).toBe(true);
        }
      }
    });

    const tiling = tilingOf(graph);
    if (tiling)
      it("gives on tiles with its halo what it gives on the whole", async () => {
        const { haloPx, alignmentPx } = tiling;
        const halo = Math.ceil(haloPx / alignmentPx) * alignmentPx;
        for (const axis of [2, 3]) {
          const noise = await seam(graph, axis, halo, alignmentPx);
          expect(noise).toBeLessThan(1e-5);
          // A pixel less shows: the halo is not larger than it must be.
          if (alignmentPx === 1) expect(await seam(graph, axis, halo - 1, 1)).toBeGreaterThan(2 * noise);
        }
      });

    /** The largest difference between the whole and two tiles that meet in the middle along an axis. */
    async function seam(whole: Graph, axis: number, halo: number, alignmentPx: number): Promise<number> {
      const half = halo + 4 * alignmentPx;
      const inputs = axis === 2 ? randomInputs(whole, 1, 2 * half, 16) : randomInputs(whole, 1, 16, 2 * half);
      const results = await session.run(inputs);
      // Maps at a part of the picture's size are cut at the same part of their own.
      const part = (tensor: ModelTensor, of: number, from: number, to: number) => {
        const scale = tensor.shape[axis] / of;
        return cut(tensor, axis, from * scale, to * scale);
      };
      const first = await session.run(mapTensors(inputs, (tensor) => part(tensor, 2 * half, 0, half + halo)));
      const second = await session.run(mapTensors(inputs, (tensor) => part(tensor, 2 * half, half - halo, 2 * half)));
      return Math.max(
        ...Object.entries(results).map(([key, tensor]) => {
          const [left, right] = [part(tensor, 2 * half, 0, half), part(tensor, 2 * half, half, 2 * half)];
          return Math.max(
            largestDifference(part(first[key], half + halo, 0, half).values, left.values),
            largestDifference(part(second[key], half + halo, halo, halo + half).values, right.values),
          );
        }),
      );
    }
  });
}

/** What a graph is made of, without the names its tensors have in a file. */
function outline({ name, inputs, outputs, nodes, parameters }: Graph) {
  return {
    name,
    inputs: inputs.map((tensor) => [inputName(tensor), tensor.element, tensor.shape]),
    outputs: Object.entries(outputs).map(([key, tensor]) => [key, tensor.element, tensor.shape]),
    nodes: nodes.map((node) => [node.operation.type, node.attributes, node.outputs.map((tensor) => tensor.shape)]),
    parameters: parameters.map(({ path, shape, learnt }) => [path, shape, learnt]),
  };
}

function randomInputs(graph: Graph, batch: number, height: number, width: number): ModelTensors {
  return Object.fromEntries(
    graph.inputs.map((tensor) => {
      const shape = evaluateShape(tensor.shape, { batch, height, width });
      return [inputName(tensor), seededFloat16(inputName(tensor), 1, shape, [0, 1])];
    }),
  );
}

function mapTensors(tensors: ModelTensors, change: (tensor: ModelTensor) => ModelTensor): ModelTensors {
  return Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [key, change(tensor)]));
}

/** The part of a picture from one row (axis 2) or column (axis 3) up to another; what is the same for all stays whole. */
function cut(tensor: ModelTensor, axis: number, from: number, to: number): ModelTensor {
  const { shape, values } = tensor;
  if (shape.length !== 4 || shape[axis] === 1) return tensor;
  const [batch, channels, height, width] = shape;
  const [top, bottom, left, right] = axis === 2 ? [from, to, 0, width] : [0, height, from, to];
  const rows = Array.from({ length: batch * channels }, (_, plane) =>
    Array.from({ length: bottom - top }, (__, row) => {
      const start = (plane * height + top + row) * width;
      return values.subarray(start + left, start + right);
    }),
  ).flat();
  const part = new Float32Array(rows.length * (right - left));
  for (const [i, row] of rows.entries()) part.set(row, i * (right - left));
  return { shape: [batch, channels, bottom - top, right - left], values: part };
}
