import { maxLight, minLight } from "@kindling/browser";
import { expect, test } from "vitest";
import { en } from "../i18n/en.ts";
import { presets } from "./presets.ts";

/** The light of a preset for a photo with an automatic light. */
function lightOf(name: string, autoLight: number): number | "auto" | undefined {
  return presets.find((preset) => preset.name(en) === name)?.settingsAt(autoLight).light;
}

test("Bright is a stop above automatic light, and Still night one below, but no darker than the photo", () => {
  for (const autoLight of [1.5, 4, 16, 50]) {
    expect(Math.abs(Math.log2(Number(lightOf(en.presetBright, autoLight)) / autoLight) - 1)).toBeLessThan(0.051);
  }
  expect([16, 4, 1.5, 0.5].map((autoLight) => lightOf(en.presetNight, autoLight))).toEqual([8, 2, 1, 0.5]);
  expect([lightOf(en.presetNatural, 4), lightOf(en.presetGrain, 4)]).toEqual(["auto", "auto"]);
});

test("at the ends of the slider the light stays within its range", () => {
  for (const autoLight of [minLight, maxLight]) {
    for (const name of [en.presetBright, en.presetNight]) {
      expect(lightOf(name, autoLight)).toBeGreaterThanOrEqual(minLight);
      expect(lightOf(name, autoLight)).toBeLessThanOrEqual(maxLight);
    }
  }
});
