import { expect, test } from "vitest";
import { lumaOf } from "../colour/luma.ts";
import { finish } from "../flow/steps.ts";
import { createPicture } from "../image/picture.ts";
import { createRandom } from "../image/random.ts";
import { reflectanceOf, smoothLuma } from "./jed.ts";

const settings = { denoise: 0.007, edges: 0.016, contrast: 6, threshold: 10 };

test("the rows of a strip away from its margins are those of the whole picture", () => {
  const picture = createPicture(40, 120, 3);
  const random = createRandom(7, "noise");
  for (let i = 0; i < picture.samples.length; i++) picture.samples[i] = 0.2 * random();
  const luma = lumaOf(picture).values;
  const light = luma.map((value) => Math.max(value, 0.02));
  const whole = finish(reflectanceOf(picture, 1, luma, light, { top: 0, bottom: 120 }, settings));
  const [from, to] = [30 * 40, 90 * 40];
  const strip = finish(
    reflectanceOf(picture, 1, luma.subarray(from, to), light.subarray(from, to), { top: 30, bottom: 90 }, settings),
  );
  // 22 rows of margin: eight times the reach.
  for (let i = 22 * 40; i < (60 - 22) * 40; i++) expect(Math.abs(strip[i] - whole[from + i])).toBeLessThan(1e-4);
  expect(Math.abs(strip[0] - whole[from])).toBeGreaterThan(1e-4);
});

test("noise between edges is smoothed and an edge stays, by alpha", () => {
  const luma = { width: 20, height: 1, values: new Float32Array(20) };
  for (let x = 0; x < 20; x++) luma.values[x] = (x < 10 ? 0.1 : 0.6) + (x % 2 ? 0.002 : -0.002);
  const light = finish(smoothLuma(luma, 0.1));
  // The zigzag is 0.008 in the map.
  expect(Math.abs(light[3] - 2 * light[4] + light[5])).toBeLessThan(0.0005);
  expect(light[12] - light[7]).toBeGreaterThan(0.4);
});
