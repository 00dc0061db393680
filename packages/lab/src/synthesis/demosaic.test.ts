import { createPicture } from "@kindling/core";
import { expect, test } from "vitest";
import { perfectCamera } from "./camera-settings.ts";
import { demosaic } from "./demosaic.ts";
import { exposePhotosites, filtersOfPhase } from "./mosaic.ts";

const [width, height] = [13, 10];
const phases = [0, 1, 2, 3] as const;

/** A picture through a mosaic and back. */
function throughMosaic(phase: 0 | 1 | 2 | 3, colourAt: (x: number, y: number) => readonly number[]) {
  const scene = createPicture(width, height, 3);
  for (let i = 0; i < width * height; i++) scene.samples.set(colourAt(i % width, Math.floor(i / width)), 3 * i);
  const [{ plane, filters }] = exposePhotosites(scene, { ...perfectCamera, mosaic: phase });
  return { scene, rgb: demosaic(plane, filters) };
}

test.each(phases)("phase %d: a constant colour comes back exactly, up to the borders", (phase) => {
  const { scene, rgb } = throughMosaic(phase, () => [0.25, 0.5, 0.125]);
  expect(rgb).toEqual(scene.samples);
});

test.each(phases)(
  "phase %d: linear gradients, another in each channel, come back exactly within the borders",
  (phase) => {
    const { scene, rgb } = throughMosaic(phase, (x, y) => [0.1 + 0.02 * x, 0.8 - 0.03 * x - 0.02 * y, 0.2 + 0.04 * y]);
    for (let y = 2; y < height - 2; y++) {
      for (let x = 2; x < width - 2; x++) {
        for (let i = 3 * (y * width + x), c = 0; c < 3; c++) expect(rgb[i + c]).toBeCloseTo(scene.samples[i + c], 6);
      }
    }
  },
);

test("an edge in grey has less false colour than half the step, which bilinear interpolation leaves", () => {
  const { rgb } = throughMosaic(0, (x) => new Array(3).fill(x < 6 ? 0.2 : 0.8));
  for (let i = 0; i < rgb.length; i += 3) {
    expect(Math.max(...rgb.subarray(i, i + 3)) - Math.min(...rgb.subarray(i, i + 3))).toBeLessThan(0.24);
  }
});

test("the four phases are the four places of the Bayer mosaic", () => {
  expect(phases.map(filtersOfPhase)).toEqual([
    [
      [0, 1],
      [1, 2],
    ],
    [
      [1, 0],
      [2, 1],
    ],
    [
      [1, 2],
      [0, 1],
    ],
    [
      [2, 1],
      [1, 0],
    ],
  ]);
});
