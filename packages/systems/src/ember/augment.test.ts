import type { ModelTensor } from "@kindling/core";
import { constant, createGraph, input, type Tensor } from "@kindling/nets";
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

test("half of the dark photos are darkened, seven in ten have their blacks lifted, each channel by its own level", async () => {
  const [red, green, blue] = [0.5, 1, 0.25];
  const degraded = (gamma: number, lift: number) =>
    compute((draws) => degrade(constant(0.2, [1, 1, 1, 1]), draws), { gamma, lift, red, green, blue });
  expect(await degraded(0.5, 0.3)).toEqual(close(0.2, 0.2, 0.2));
  expect(await degraded(1, 0)).toEqual(close(0.2 ** 1.3, 0.2 ** 1.3, 0.2 ** 1.3));
  // Half of the way from 0.3 to 1, half of the greatest level.
  const levels = [1, 0.475, 1.3].map((colour) => (colour * 6) / 255);
  expect(await degraded(0, 0.65)).toEqual(close(...levels.map((black) => 0.2 * (1 - black) + black)));
});
