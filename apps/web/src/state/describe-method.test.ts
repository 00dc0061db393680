import type { MethodSummary } from "@kindling/browser";
import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { describeMethod } from "./describe-method.ts";
import { methods } from "./studio.ts";

// The studio itself needs a page.
vi.mock("./studio.ts", () => ({ methods: signal([]) }));
vi.mock("../i18n/language.ts", async () => ({ words: signal((await import("../i18n/en.ts")).en) }));

function summary(name: string): MethodSummary {
  const abilities = { options: {}, strengths: [], hasMaps: false, hasOwnLight: false };
  const defaultStrengths = { denoise: 1, denoiseColour: 1, keepHighlights: 0 };
  return {
    name,
    title: "Own: title",
    about: "Own.",
    isNetwork: true,
    bytes: 0,
    runtimeBytes: 0,
    defaultStrengths,
    ...abilities,
  };
}

test("the default is named Ember with any weights; other weights have names of their own", () => {
  const [floats, integers, lime] = ["ember.free", "ember.int8", "lime"].map(summary) as [
    MethodSummary,
    MethodSummary,
    MethodSummary,
  ];
  methods.value = [integers, floats, lime];
  expect([integers, floats].map((method) => describeMethod(method).title)).toEqual(["Ember", "Ember (exact)"]);
  methods.value = [floats, integers, lime];
  expect([integers, floats].map((method) => describeMethod(method).title)).toEqual(["Ember (8 bits)", "Ember"]);
  expect(describeMethod(lime)).toEqual({ title: "Own", about: "Own." });
});
