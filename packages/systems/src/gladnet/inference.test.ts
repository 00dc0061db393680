import { createPicture, type ModelManifest } from "@kindling/core";
import { type OpenModel, srgbTransfer, type TileFlow, type TileSource } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { gladnetFeatures, gladnetOverviewPx } from "./facts.ts";
import { gladnet } from "./inference.ts";

/** The columns of the overview whose features the detail branch gets, from left to right. */
async function columnsSeen(borderPx: number | undefined): Promise<readonly number[]> {
  const side = gladnetOverviewPx;
  const picture = createPicture(2 * side, side, 3);
  const seen = new Float32Array(gladnetFeatures * 2 * side);
  const parts = {
    async global(_: unknown, { outputs }: TileFlow) {
      const whole = { left: 0, top: 0, width: side, height: side };
      const values = Float32Array.from({ length: gladnetFeatures * side * side }, (__, i) => i % side);
      outputs["features"]!.take({ fed: whole, kept: whole }, values);
    },
    async detail(_: unknown, { inputs }: TileFlow) {
      (inputs["features"] as TileSource).fill({ left: 0, top: 0, width: 2 * side, height: 1 }, seen);
    },
  };
  const model = {
    manifest: { borderPx } as ModelManifest,
    part: (name: keyof typeof parts) => ({ run: parts[name] }),
  } as unknown as OpenModel;
  await gladnet.open(model, {}).analyse(picture, { transfer: srgbTransfer } as never, {});
  return [...seen.subarray(0, 2 * side)];
}

test("its detail branch gets the features of each place", async () => {
  const columns = await columnsSeen(undefined);
  expect(columns.slice(0, 5)).toEqual([0, 0, 1, 1, 2]);
  expect(columns.at(-1)).toBe(95);
});

test("with a border no features of the overview's edge, where the zeros around it show", async () => {
  const columns = await columnsSeen(8);
  expect(columns.slice(0, 5)).toEqual([1, 1, 1, 1, 2]);
  expect(columns.slice(-4)).toEqual([94, 94, 94, 94]);
});
