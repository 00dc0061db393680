import { expect, test } from "vitest";
import { summarise } from "./evaluation.ts";
import { evaluationJson } from "./evaluation-json.ts";
import { knownMeasures, parseEvaluation } from "./parse-evaluation.ts";

const images = [
  { name: "a", psnr: 20, seconds: 0.5 },
  { name: "b", psnr: Number.POSITIVE_INFINITY, seconds: 0.7 },
];
const failed = { file: "dark/b.png", method: "lime", code: "damaged", message: "torn" } as const;
const methods = [
  { method: "gamma", images, megapixels: 3, peakMemoryBytes: 7 },
  { method: "lime", images: images.slice(0, 1) },
];
const pairs = { kind: "pairs", source: "data", count: 2, baseline: "gamma", failures: [failed], methods } as const;
const printed = JSON.stringify(evaluationJson(summarise(pairs)));

test("measures come out of a printed evaluation as they were, infinite ones too", () => {
  expect(knownMeasures(parseEvaluation(printed, "f.json"), new Set(["a", "b"]), "f.json")).toEqual({
    methods,
    failures: [failed],
  });
});

test.each([
  ["a photo more", ["a", "b", "c"], "f.json: gamma was measured on other photos: 2 of 3 photos"],
  ["another photo", ["a", "c"], "f.json: gamma was measured on other photos: b is not among the photos"],
])("measures of other photos are refused: %s", (_, names, message) => {
  expect(() => knownMeasures(parseEvaluation(printed, "f.json"), new Set(names), "f.json")).toThrow(message);
});

test.each([
  "",
  "[]",
  "null",
  '{"methods":[{"method":"x"}]}',
  '{"methods":[{"method":"x","images":[1],"mean":{},"interval":{}}]}',
])("what is no evaluation is refused: %s", (text) => {
  expect(() => knownMeasures(parseEvaluation(text, "f.json"), new Set(), "f.json")).toThrow("f.json: expected");
});
