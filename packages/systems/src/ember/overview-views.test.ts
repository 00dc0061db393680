import { createRandom, type ModelTensor } from "@kindling/core";
import { describe, expect, it } from "vitest";
import { meanOfViews, stackViews } from "./overview-views.ts";

const side = 6;
const random = createRandom(3, "views");
const map: ModelTensor = {
  shape: [1, 2, side, side],
  values: Float32Array.from({ length: 2 * side * side }, () => 0.1 + random()),
};

/** The place in a map from which each place of a turned one is read. */
type Turn = (row: number, column: number) => readonly [row: number, column: number];

function moved(map: ModelTensor, from: Turn): ModelTensor {
  const values = map.values.map((_, i) => {
    const [plane, row, column] = [Math.floor(i / side / side), Math.floor(i / side) % side, i % side];
    const [y, x] = from(row, column);
    return map.values[plane * side * side + y * side + x]!;
  });
  return { shape: map.shape, values };
}
const last = side - 1;
const turns: Readonly<Record<string, Turn>> = {
  mirrored: (row, column) => [row, last - column],
  "upside down": (row, column) => [last - row, column],
  "turned by a quarter": (row, column) => [last - column, row],
  transposed: (row, column) => [column, row],
};

/** Stands for a network whose answer depends on how a map lies: weights that differ from place to place. */
const weights = Float32Array.from({ length: 2 * side * side }, () => random());
const network = ({ shape, values }: ModelTensor): ModelTensor => ({
  shape,
  values: values.map((value, i) => value * weights[i % weights.length]!),
});

const close = (got: ModelTensor, expected: ModelTensor) => {
  expect(got.shape).toEqual(expected.shape);
  for (const [i, value] of got.values.entries()) expect(value).toBeCloseTo(expected.values[i]!, 5);
};

describe("the views of an overview", () => {
  it("are the eight turns and mirror images of the map, all different", () => {
    const { shape, values } = stackViews(map);
    expect(shape).toEqual([8, 2, side, side]);
    const views = Array.from({ length: 8 }, (_, view) =>
      values.slice(view * map.values.length).slice(0, map.values.length),
    );
    expect(views[0]).toEqual(map.values);
    expect(new Set(views.map(String)).size).toBe(8);
    for (const turn of Object.values(turns)) expect(views).toContainEqual(moved(map, turn).values);
  });

  it.each(["arithmetic", "geometric"] as const)("turned back, have the map as their %s mean", (mean) => {
    close(meanOfViews(stackViews(map), mean), map);
  });

  it.each(Object.entries(turns))("give a map %s the same answer, turned alike", (_, turn) => {
    const answer = (given: ModelTensor) => meanOfViews(network(stackViews(given)), "geometric");
    close(answer(moved(map, turn)), moved(answer(map), turn));
  });

  it("have the mean that is asked for", () => {
    const values = Float32Array.from({ length: 8 }, (_, view) => 2 ** view);
    expect(meanOfViews({ shape: [8, 1, 1, 1], values }, "arithmetic").values[0]).toBeCloseTo(255 / 8, 5);
    expect(meanOfViews({ shape: [8, 1, 1, 1], values }, "geometric").values[0]).toBeCloseTo(2 ** 3.5, 4);
  });
});
