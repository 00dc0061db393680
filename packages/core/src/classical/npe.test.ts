import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { defaultSettings } from "../settings/method-settings.ts";
import { npe } from "./npe.ts";

test("an even frame, which shows nothing, keeps its faint tint", () => {
  const samples = Float32Array.from({ length: 8 * 6 * 3 }, (_, i) => [20, 18, 15][i % 3]! / 255);
  const lit = finish(npe.enhance({ width: 8, height: 6, channels: 3, samples }, defaultSettings(npe), { levels: 255 }));
  const [red, green, blue] = lit.samples;
  expect(green! / red!).toBeCloseTo(18 / 20, 1);
  expect(blue! / red!).toBeCloseTo(15 / 20, 1);
});
