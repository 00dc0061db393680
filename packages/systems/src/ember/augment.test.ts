import type { ModelTensor } from "@kindling/core";
import { createGraph, input, type Tensor } from "@kindling/nets";
import { expect, test } from "vitest";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { augmentationDraws, colouredLight, degrade } from "./augment.ts";

const names = Object.keys(augmentationDraws) as (keyof typeof augmentationDraws)[];
const noDraws = { gamma: 0, lift: 0, coloured: 1, red: 0, green: 0, blue: 0 };

/** Computes what `build` makes of one draw of each name. */
async function compute(
  build: (draws: Record<(typeof names)[number], Tensor>) => Tensor,
  draws: Partial<typeof noDraws>,
): Promise<number[]> {
  const inputs = names.map((name) => [name, input(name, [1, 1, 1, 1])] as const);
  const result = build(Object.fromEntries(inputs) as Record<(typeof names)[number], Tensor>);
  const graph = createGraph(
    "augment",
    inputs.map(([, tensor]) => tensor),
    { result },
  );
  const one = (value: number): ModelTensor => ({ shape: [1, 1, 1, 1], values: Float32Array.of(value) });
  const drawn = Object.entries({ ...noDraws, ...draws }).map(([name, value]) => [name, one(value)]);
  return [...(await runGraph(graph, new Map(), Object.fromEntries(drawn)))["result"]!.values];
}

const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 5));

test("one pair in eight is in coloured light", async () => {
  const colour = { red: 0.2, green: 0.9, blue: 0.6 };
  expect(await compute(colouredLight, { ...colour, coloured: 0.13 })).toEqual([1, 1, 1]);
  // Red is darkened least, by 0.2; the others by 0.9 and 0.6, so that 0.7 and 0.4 remain.
  const expected = close(1, Math.exp(-0.7 * 1.7), Math.exp(-0.4 * 1.7));
  expect(await compute(colouredLight, { ...colour, coloured: 0.12 })).toEqual(expected);
});

test("coloured light is never orange: blue is as strong as green, or stronger", async () => {
  const expected = close(1, Math.exp(-0.3 * 1.7), Math.exp(-0.3 * 1.7));
  expect(await compute(colouredLight, { coloured: 0, red: 0.1, green: 0.4, blue: 1 })).toEqual(expected);
});

test("half of the dark photos are darkened, half have their blacks lifted", async () => {
  const image = input("image", [1, 1, 1, 1]);
  const degraded = async (gamma: number, lift: number) => {
    const draws = { gamma: input("gamma", [1, 1, 1, 1]), lift: input("lift", [1, 1, 1, 1]) };
    const result = degrade(image, draws as Parameters<typeof degrade>[1]);
    const graph = createGraph("degrade", [image, draws.gamma, draws.lift], { result });
    const one = (value: number) => ({ shape: [1, 1, 1, 1], values: Float32Array.of(value) });
    const inputs = { image: one(0.2), gamma: one(gamma), lift: one(lift) };
    return (await runGraph(graph, new Map(), inputs))["result"]!.values[0]!;
  };
  expect(await degraded(0.5, 0.5)).toBeCloseTo(0.2, 6);
  expect(await degraded(1, 0)).toBeCloseTo(0.2 ** 1.3, 6);
  expect(await degraded(0, 0.75)).toBeCloseTo(0.2 * (1 - 4 / 255) + 4 / 255, 6);
});
