import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePhoto } from "@kindling/node";
import sharp from "sharp";
import { expect, test } from "vitest";
import { arrangePairs } from "../../scripts/scenes/arrange-pairs.ts";
import { drawPair } from "../../scripts/scenes/draw-pair.ts";
import { drawSheet } from "../../scripts/scenes/draw-sheet.ts";
import { drawFlat } from "../../scripts/scenes/drawings/draw-flat.ts";
import { drawnScenes } from "../../scripts/scenes/drawn-scenes.ts";
import { levelsOf } from "../../scripts/scenes/measures/levels.ts";
import { writeScenesPage } from "../../scripts/scenes/scenes-page.ts";

test.each(drawnScenes)("$name is drawn the same each time, in whole levels", ({ open }) => {
  const [first, second] = [open(), open()];
  if (first instanceof Promise || second instanceof Promise) throw new Error("a drawn scene is drawn at once");
  const { rgb } = levelsOf(first);
  const exact = Float32Array.from(rgb, (level) => level / 255);
  // Not toEqual, which takes a minute for so many samples.
  expect(first.samples.every((sample, i) => sample === second.samples[i] && sample === exact[i])).toBe(true);
});

test("names of scenes are their own", () => {
  expect(new Set(drawnScenes.map(({ name }) => name)).size).toBe(drawnScenes.length);
});

test("the page shows picture, source, limits and figures of a scene", () => {
  const check = { name: "change", unit: " %", atLeast: -5, atMost: 5, measure: () => 7 };
  const scene = {
    name: "a-night",
    title: "A night, lit",
    about: "Lamps.",
    source: "someone/photos, CC0-1.0",
    checks: [check],
    open: () => drawFlat(0),
  };
  const summary = { meanBefore: 10, meanAfter: 20, brightness: 1.5, clipped: 0.25 };
  const page = writeScenesPage([{ scene, summary, findings: [{ check, value: 7, holds: false }] }], {
    command: "npm run scenes",
    method: "ember",
  });
  expect(page).toContain("| [A night, lit](#a-night-lit) | 10.0 | 20.0 | 1.50 | 0.25 | 0 of 1 |");
  expect(page).toContain("![Before and after](scenes/a-night.webp)\n\n_Photograph: someone/photos, CC0-1.0._");
  expect(page).toContain("| change | within 5 % | +7 % | **no** |");
});

test("pairs stand side by side in columns, before left of after", async () => {
  const pair = await drawPair({ before: drawFlat(0), after: drawFlat(200) }, 40);
  const { data, info } = await (await arrangePairs([pair, pair, pair], 2)).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([2 * 84 + 12, 2 * 30 + 4]);
  const at = (x: number, y: number) => data[info.channels * (y * info.width + x)];
  expect([at(10, 10), at(60, 10), at(106, 10), at(156, 10), at(10, 45), at(60, 45), at(106, 45)]).toEqual([
    0, 200, 0, 200, 0, 200, 255,
  ]);
});

test("a sheet takes photos and folders and is written in the format of its name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-scenes-"));
  try {
    const photo = { picture: drawFlat(40), metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;
    await writePhoto(photo, join(folder, "a.png"));
    const file = join(folder, "sheet.webp");
    await drawSheet({ method: "he", photos: [join(folder, "a.png"), folder], file, columns: 1, tile: 60 });
    const { format, width, height } = await sharp(file).metadata();
    expect({ format, width, height }).toEqual({ format: "webp", width: 124, height: 2 * (45 + 18) + 4 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
