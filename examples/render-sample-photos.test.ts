import { decodeSrgb, type Picture } from "@kindling/core";
import { perfectCamera, recordScene } from "@kindling/lab";
import { describe, expect, test } from "vitest";
import { renderSamplePhoto, samplePhotos } from "./sample-photos.ts";

const width = 48;
const height = 32;

describe.each(samplePhotos.map((photo) => [photo.name, photo] as const))("%s", (_name, photo) => {
  const rendering = renderSamplePhoto(photo, width, height, 2);

  test("the dark photo is dark and the reference is well exposed", () => {
    expect(meanLuma(rendering.dark)).toBeLessThan(0.2);
    expect(meanLuma(rendering.reference)).toBeGreaterThan(0.3);
    expect(meanLuma(rendering.reference)).toBeLessThan(0.6);
  });

  test("a second rendering gives the same bytes", () => {
    expect(renderSamplePhoto(photo, width, height, 2)).toEqual(rendering);
  });

  test("the dark exposure without noise, brightened again, is the light of the scene", () => {
    const { exposureEv } = photo.camera;
    const dark = recordScene(rendering.scene, { ...perfectCamera, exposureEv }, 1);
    const gain = 2 ** -exposureEv;
    for (const [i, light] of rendering.scene.samples.entries()) {
      expect(decodeSrgb(dark.samples[i]) * gain).toBeCloseTo(Math.min(light, gain), 3);
    }
  });

  test("dark photo and reference show the same places", () => {
    expect(rankCorrelation(lumas(rendering.dark), lumas(rendering.reference))).toBeGreaterThan(0.6);
  });
});

function lumas({ samples }: Picture): number[] {
  return Array.from({ length: samples.length / 3 }, (_, pixel) => {
    const [red, green, blue] = samples.subarray(pixel * 3, pixel * 3 + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
}

function meanLuma(picture: Picture): number {
  const values = lumas(picture);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Spearman's correlation: it does not mind that dark photo and reference have different tone curves. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const x = ranks(a);
  const y = ranks(b);
  const middle = (a.length - 1) / 2;
  let both = 0;
  let each = 0;
  for (let i = 0; i < a.length; i++) {
    both += (x[i] - middle) * (y[i] - middle);
    each += (i - middle) ** 2;
  }
  return both / each;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const rank = new Array<number>(values.length);
  order.forEach((index, position) => {
    rank[index] = position;
  });
  return rank;
}
