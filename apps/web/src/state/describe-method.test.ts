import type { MethodSummary } from "@kindling/browser";
import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { describeMethod } from "./describe-method.ts";

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

test("weights have the name of their network, others of it names of their own, and methods without a text theirs", () => {
  const titles = ["ember.free", "ember.research", "own.mine"].map((name) => describeMethod(summary(name)).title);
  expect(titles).toEqual(["Ember", "Ember, for research", "Own"]);
  expect(describeMethod(summary("lime"))).toEqual({ title: "Own", about: "Own." });
});
