import { createPicture, type ModelManifest } from "@kindling/core";
import { type OpenModel, srgbTransfer, type TileSource } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { retinexNet } from "./inference.ts";

test("sees the photo continued by its mirror image, as far as the manifest says", async () => {
  const picture = createPicture(30, 20, 3);
  picture.samples.fill(0.25, 0, 3);
  const seen: number[][] = [];
  const model = {
    manifest: { borderPx: 4 } as ModelManifest,
    part: () => ({
      async run({ width, height }: { width: number; height: number }, { inputs }: { inputs: { image: TileSource } }) {
        const values = new Float32Array(3 * width * height);
        inputs.image.fill({ left: 0, top: 0, width, height }, values);
        seen.push([width, height], [...values.subarray(4 * width, 4 * width + 6)]);
      },
    }),
  } as unknown as OpenModel;
  await retinexNet.open(model, {}).analyse(picture, { transfer: srgbTransfer } as never, {});
  // The first pixel, the one of light, is the fifth of its row.
  expect(seen).toEqual([
    [38, 28],
    [0, 0, 0, 0, 0.25, 0],
  ]);
});
