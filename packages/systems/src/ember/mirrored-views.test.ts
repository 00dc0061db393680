import { createRandom, type ModelTensor } from "@kindling/core";
import { describe, expect, it } from "vitest";
import { meanOfMirrored, stackMirrored } from "./mirrored-views.ts";

const [width, height] = [6, 5];
const random = createRandom(3, "views");
const map: ModelTensor = {
  shape: [1, 2, height, width],
  values: Float32Array.from({ length: 2 * height * width }, () => 0.1 + random()),
};

function mirrored({ shape, values }: ModelTensor): ModelTensor {
  const rows = Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
  return { shape, values: Float32Array.from(rows.flatMap((row) => [...row].reverse())) };
}

/** Stands for a network whose answer depends on how a map lies: weights that differ from place to place. */
const weights = Float32Array.from(map.values, () => random());
const network = ({ shape, values }: ModelTensor): ModelTensor => ({
  shape,
  values: values.map((value, i) => value * weights[i % weights.length]!),
});

const close = (got: ModelTensor, expected: ModelTensor) => {
  expect(got.shape).toEqual(expected.shape);
  for (const [i, value] of got.values.entries()) expect(value).toBeCloseTo(expected.values[i]!, 5);
};

describe("a map and its mirror image", () => {
  it("are stacked in this order", () => {
    const { shape, values } = stackMirrored(map);
    expect(shape).toEqual([2, 2, height, width]);
    expect(values.slice(0, map.values.length)).toEqual(map.values);
    expect(values.slice(map.values.length)).toEqual(mirrored(map).values);
  });

  it.each(["arithmetic", "geometric"] as const)("have the map as their %s mean", (mean) => {
    close(meanOfMirrored(stackMirrored(map), mean), map);
  });

  it("get the same answer, mirrored", () => {
    const answer = (given: ModelTensor) => meanOfMirrored(network(stackMirrored(given)), "geometric");
    close(answer(mirrored(map)), mirrored(answer(map)));
  });

  it("have the mean that is asked for", () => {
    const maps = { shape: [2, 1, 1, 1], values: Float32Array.of(2, 8) };
    expect(meanOfMirrored(maps, "arithmetic").values[0]).toBeCloseTo(5, 5);
    expect(meanOfMirrored(maps, "geometric").values[0]).toBeCloseTo(4, 5);
  });
});
