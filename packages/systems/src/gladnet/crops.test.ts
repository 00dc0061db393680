import { createRandom, type ModelTensor } from "@kindling/core";
import { overviewPlaces } from "@kindling/lab/internal";
import { adam, createGraph, gradients, initialise, input, sumOfSquares } from "@kindling/nets";
import { sampleBilinear } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { wholeOverview } from "../../../../test/support/whole-overview.ts";
import { findNetwork } from "../systems.ts";
import { gladnetLoss } from "./loss.ts";
import { gladnetStep } from "./step.ts";

function noise(name: string, shape: readonly number[]): ModelTensor {
  const random = createRandom(3, name);
  return { shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, random) };
}

const places = (shape: readonly number[], ...values: number[]) => ({ shape, values: Float32Array.from(values) });

describe("picked pixels", () => {
  const x = input("x", [2, 1, 2, 3]);
  const [rows, columns] = [input("rows", [2, 2]), input("columns", [2, 2])];
  const picked = sampleBilinear(x, rows, columns);
  const feeds = {
    x: { shape: [2, 1, 2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60) },
    rows: places([2, 2], 1, 0, 0, 0),
    columns: places([2, 2], 2, 2, 0, 1),
  };

  it("come from rows and columns of each picture's own", async () => {
    const { picked: result } = await runGraph(createGraph("pick", [x, rows, columns], { picked }), new Map(), feeds);
    expect(result).toEqual({ shape: [2, 1, 2, 2], values: Float32Array.of(6, 6, 3, 3, 10, 20, 10, 20) });
  });

  it("give their gradients back to where they came from, added up", async () => {
    // The gradient of a sum of squares: twice the value, times how often it was picked.
    const [gradient] = gradients(sumOfSquares(picked), [x]);
    const { gradient: result } = await runGraph(
      createGraph("pick", [x, rows, columns], { gradient }),
      new Map(),
      feeds,
    );
    expect([...result.values]).toEqual([0, 0, 12, 0, 0, 24, 40, 80, 0, 0, 0, 0]);
  });
});

describe("GLADNet's training step", () => {
  const batch = 2;
  const full = findNetwork("gladnet");

  it("has on whole pictures the loss that the network in use has", async () => {
    const cropPx = 52;
    const step = gladnetStep({ batch, cropPx, optimiser: adam() });
    const weights = initialise({ parameters: step.changes }, 1);
    const low = noise("low", [batch, 3, cropPx, cropPx]);
    const high = noise("high", [batch, 3, cropPx, cropPx]);
    const state = Object.fromEntries(step.begin(weights));
    const rate = { shape: [], values: Float32Array.of(0) };
    const trained = await runGraph(step.graph, new Map(), {
      ...state,
      low,
      high,
      ...wholeOverview(low),
      "learning-rate": rate,
    });

    const used = full.build({ batch, height: cropPx, width: cropPx });
    const target = input("high", high.shape);
    const graph = createGraph("use", [...used.inputs, target], gladnetLoss(used.outputs["enhanced"], target));
    const { total } = await runGraph(graph, weights, { image: low, high });
    expect(trained["total"].values[0]).toBeCloseTo(total.values[0], 6);
  });

  it("sees of a crop's place what the network in use sees there", async () => {
    const [width, height, side, left, top] = [130, 70, 33, 61, 20];
    const image = noise("image", [1, 3, height, width]);
    const global = findNetwork("gladnet/global").build();
    const weights = initialise(global, 1);
    const { features } = await runGraph(global, weights, { image });

    const map = input("features", features.shape);
    const [rows, columns] = [input("rows", [1, side]), input("columns", [1, side])];
    const place = overviewPlaces({ width, height }, { left, top, dihedral: 0 }, side, {
      sidePx: 96,
      sampling: "nearest",
    });
    const { picked } = await runGraph(
      createGraph("pick", [map, rows, columns], { picked: sampleBilinear(map, rows, columns) }),
      new Map(),
      { features, rows: places([1, side], ...place.rows), columns: places([1, side], ...place.columns) },
    );
    const channelOf = ({ shape, values }: ModelTensor, y: number, x: number) => values[y * shape[3] + x];
    const nearest = (i: number, size: number) => Math.floor(Math.fround(i * Math.fround(96 / size)));
    const wanted = Float32Array.from({ length: side * side }, (_, i) =>
      channelOf(features, nearest(top + Math.floor(i / side), height), nearest(left + (i % side), width)),
    );
    expect(largestDifference(picked.values.subarray(0, side * side), wanted)).toBe(0);
  });
});
