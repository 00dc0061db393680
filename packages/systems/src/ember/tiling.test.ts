import { createRandom, type ModelTensor } from "@kindling/core";
import { encodeOnnx, tilingOf } from "@kindling/nets";
import { openSession } from "@kindling/node";
import { describe, expect, it } from "vitest";
import { lively } from "../../../../test/support/ember-weights.ts";
import { findNetwork } from "../systems.ts";
import { emberFeatures } from "./facts.ts";

const graph = findNetwork("ember/analysis").build();
const { haloPx, alignmentPx } = tilingOf(graph)!;
const halo = Math.ceil(haloPx / alignmentPx) * alignmentPx;

/** Columns `from` up to `to` of a picture of noise, 13 px high: no multiple of the grid either way. */
const [height, width] = [13, 2 * halo + 71];
const random = createRandom(4, "noise");
const noise = Float32Array.from({ length: 3 * height * width }, random);

function columns({ shape, values }: ModelTensor, from: number, to: number): ModelTensor {
  const [, channels = 0, rows = 0, all = 0] = shape;
  const kept = values.filter((_, i) => i % all >= from && i % all < to);
  return { shape: [1, channels, rows, to - from], values: kept };
}

describe("Ember's analysis", () => {
  it.each([
    ["the halo that its graph tells", halo, true],
    ["a halo of one step of the grid", alignmentPx, false],
  ])("cut into tiles with %s", async (_, reach, same) => {
    const session = await openSession(encodeOnnx(graph, lively(graph)), { device: "cpu", threads: 1 });
    const image = { shape: [1, 3, height, width], values: noise };
    const features = { shape: [1, emberFeatures, 1, 1], values: new Float32Array(emberFeatures).fill(0.3) };
    const whole = await session.run({ image, features });
    const middle = halo + 2 * alignmentPx;
    const tiles = [
      { from: 0, to: middle + reach, first: 0, end: middle },
      { from: middle - reach, to: width, first: middle, end: width },
    ];
    let largest = 0;
    for (const { from, to, first, end } of tiles) {
      const part = await session.run({ image: columns(image, from, to), features });
      for (const [name, map] of Object.entries(whole)) {
        const expected = columns(map, first, end).values;
        const got = columns(part[name]!, first - from, end - from).values;
        for (const [i, value] of expected.entries()) largest = Math.max(largest, Math.abs(value - got[i]!));
      }
    }
    await session.dispose();
    // Sums are taken in another order in tiles of another size; what a tile does not see makes far more.
    if (same) expect(largest).toBeLessThan(2e-5);
    else expect(largest).toBeGreaterThan(1e-4);
  });
});
