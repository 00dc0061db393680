import { createPicture, createRandom, encodeSrgb, type Picture } from "@kindling/core";
import { expect, test } from "vitest";
import { darkeningShapes, darkenPart, maskPart } from "./partial-darkening.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

const [width, height] = [120, 90];

/** A room with a window: dark walls with some texture, and a bright part from column 70 and above row 50. */
function room(): Picture {
  const picture = createPicture(width, height, 3);
  const random = createRandom(1, "texture");
  for (let i = 0; i < width * height; i++) {
    const value = (isWindow(i) ? 0.85 : 0.3) + 0.06 * (random() - 0.5);
    picture.samples.set([value, value * 0.95, value * 0.9], 3 * i);
  }
  return picture;
}

const isWindow = (i: number) => i % width >= 70 && Math.floor(i / width) < 50;

const seeds = [1, 2, 3, 4, 5, 6];

test.each(seeds)("seed %d: a region leaves the bright part within 1/255 and darkens the rest by its stops", (seed) => {
  const photo = room();
  const scene = sceneOfPhoto(photo, 0);
  const dark = darkenPart(scene, photo, { shape: "region", stops: -3, sparesBrightPart: true, seed });
  let [inside, furthest, darkened, walls] = [0, 0, 0, 0];
  for (let i = 0; i < width * height; i++) {
    const [before, after] = [scene.samples[3 * i], dark.samples[3 * i]];
    if (isWindow(i)) {
      // Two pixels of the soft edge aside.
      if (i % width < 73 || Math.floor(i / width) > 46) continue;
      inside++;
      furthest = Math.max(furthest, Math.abs(encodeSrgb(after) - encodeSrgb(before)));
    } else if (i % width < 66 || Math.floor(i / width) > 54) {
      walls++;
      darkened += Math.log2(after / before);
    }
  }
  expect(inside).toBeGreaterThan(2000);
  expect(furthest).toBeLessThan(1 / 255);
  expect(darkened / walls).toBeLessThan(-2.9);
});

test.each(darkeningShapes)(
  "a mask of shape %s is 0 to 1, smooth in flat places, the same for a seed and another for others",
  (shape) => {
    const flat = createPicture(width, height, 3);
    for (let i = 0; i < flat.samples.length; i++) flat.samples[i] = 0.2 + (0.6 * (i % (3 * width))) / (3 * width);
    const drawn = seeds.map((seed) => maskPart(flat, { shape, stops: -2, sparesBrightPart: shape === "region", seed }));
    for (const { values } of drawn) {
      expect(values.findIndex((value) => !(value >= 0 && value <= 1))).toBe(-1);
      const steps = values.map((value, i) => (i % width > 0 ? Math.abs(value - values[i - 1]) : 0));
      expect(Math.max(...steps)).toBeLessThan(0.25);
    }
    expect(drawn.some(({ values }) => Math.max(...values) > 0.5)).toBe(true);
    const again = maskPart(flat, { shape, stops: -2, sparesBrightPart: shape === "region", seed: 1 });
    const differs = (one: typeof again) => one.values.some((value, i) => value !== drawn[0].values[i]);
    expect([again, drawn[1]].map(differs)).toEqual([false, true]);
  },
);

test("smooth shapes spare the bright part where asked", () => {
  const photo = room();
  for (const shape of ["blobs", "linear", "radial"] as const) {
    for (const seed of seeds) {
      const { values } = maskPart(photo, { shape, stops: -2, sparesBrightPart: true, seed });
      expect(values[10 * width + 100]).toBe(0);
    }
  }
});
