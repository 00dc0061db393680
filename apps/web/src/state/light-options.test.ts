import { maxLight } from "@kindling/browser";
import { expect, test } from "vitest";
import { deriveLightOptions } from "./light-options.ts";
import { createSettings } from "./settings.ts";

const settings = createSettings("any");

test("a method with a light level of its own is asked for the level that was seen, others for auto", () => {
  const facts = { autoLight: 2.5, strengths: [] };
  expect(deriveLightOptions(settings, { ...facts, hasOwnLight: true })).toEqual({ light: 2.5 });
  expect(deriveLightOptions(settings, { ...facts, hasOwnLight: false })).toEqual({ light: "auto" });
  for (const hasOwnLight of [true, false]) {
    expect(deriveLightOptions({ ...settings, light: maxLight }, { ...facts, hasOwnLight })).toEqual({
      light: maxLight,
    });
  }
});

test("before the analysis the level of auto is the method's own decision", () => {
  expect(deriveLightOptions(settings, { strengths: [], hasOwnLight: true })).toEqual({ light: "auto" });
  expect(deriveLightOptions({ ...settings, light: 3 }, { strengths: [], hasOwnLight: true })).toEqual({ light: 3 });
});

test("only strengths that the method has are asked for", () => {
  const facts = { autoLight: 1, hasOwnLight: false };
  const wanted = { ...settings, denoise: 0.3, keepHighlights: 0.7 };
  expect(deriveLightOptions(wanted, { ...facts, strengths: ["denoise"] })).toEqual({ light: "auto", denoise: 0.3 });
  expect(deriveLightOptions(wanted, { ...facts, strengths: [] })).toEqual({ light: "auto" });
});
