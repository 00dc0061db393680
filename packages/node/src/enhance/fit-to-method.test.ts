import { expect, test } from "vitest";
import { factsOfMethod } from "./facts-of-method.ts";
import { fitToMethod, noteLeftOut } from "./fit-to-method.ts";

const wishes = { set: ["a=1"], fast: true, denoise: 0.5, keepHighlights: 1 };

test("a method gets the options that it supports; the others are reported", () => {
  const ember = factsOfMethod("ember");
  expect(fitToMethod(ember, { ...wishes, denoiseColour: 0 }, "--set")).toEqual({
    settings: { a: 1, fast: 1 },
    strengths: { denoise: 0.5, denoiseColour: 0, keepHighlights: 1 },
    leftOut: [],
  });
  const bm3d = factsOfMethod("clahe+bm3d");
  expect(fitToMethod(bm3d, wishes, "--set")).toEqual({
    settings: { a: 1 },
    strengths: { denoise: 0.5, keepHighlights: undefined },
    leftOut: ["fast", "keepHighlights"],
  });
  expect(fitToMethod(bm3d, { set: [], fast: false }, "--set")).toEqual({ settings: {}, strengths: {}, leftOut: [] });
  expect(noteLeftOut("--fast", bm3d)).toBe("--fast: clahe+bm3d cannot do this; it is left out");
});
