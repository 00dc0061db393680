import { expect, test } from "vitest";
import { type MethodRun, summarise } from "./evaluation.ts";
import { evaluationCsv } from "./evaluation-csv.ts";
import { evaluationJson } from "./evaluation-json.ts";
import { evaluationMarkdown } from "./evaluation-markdown.ts";

const runs: MethodRun[] = [
  {
    method: "plain",
    megapixels: 6,
    peakMemoryBytes: 100e6,
    images: [
      { name: "a", psnr: 10, loe: 5, seconds: 1 },
      { name: "b", psnr: 20, loe: 5, seconds: 2 },
      { name: "c", psnr: 30, loe: 5, seconds: 3 },
    ],
  },
  {
    method: 'with "settings", many',
    images: [
      { name: "c", psnr: 33 },
      { name: "a", psnr: 11 },
    ],
  },
];

const evaluation = summarise({
  kind: "pairs",
  source: "data",
  count: 3,
  baseline: "plain",
  failures: [{ file: "b.png", method: "other", code: "not-found", message: "b.png: not there." }],
  methods: runs,
});

test("means, speed and the metrics there are come from the images", () => {
  expect(evaluation.metrics).toEqual(["psnr", "loe"]);
  const [plain, other] = evaluation.methods;
  expect(plain?.mean).toEqual({ psnr: 20, loe: 5 });
  expect(plain?.secondsPerImage).toBe(2);
  expect(plain?.megapixelsPerSecond).toBe(1);
  expect(other?.mean).toEqual({ psnr: 22 });
  expect(other?.secondsPerImage).toBeUndefined();
});

test("differences pair images by name and leave out what one of the two lacks", () => {
  const [plain, other] = evaluation.methods;
  expect(plain?.differences).toEqual({});
  expect(other?.differences.psnr).toMatchObject({ mean: 2, count: 2 });
  expect(other?.differences.loe).toBeUndefined();
});

test("the JSON has the documented shape, and an endless PSNR is null", () => {
  const endless = summarise({
    ...evaluation,
    methods: [{ method: "same", images: [{ name: "a", psnr: Number.POSITIVE_INFINITY }] }],
  });
  expect(JSON.parse(JSON.stringify(evaluationJson(endless)))).toMatchObject({
    pairs: 3,
    methods: [{ method: "same", mean: { psnr: null }, images: [{ name: "a", psnr: null }] }],
  });
  expect(evaluationJson(evaluation)).toMatchObject({
    pairs: 3,
    baseline: "plain",
    failures: [{ file: "b.png", code: "not-found" }],
    methods: [
      { method: "plain", mean: { psnr: 20 }, secondsPerImage: 2, peakMemoryBytes: 100e6, images: { length: 3 } },
      { difference: { psnr: { mean: 2 } }, interval: { psnr: { length: 2 } } },
    ],
  });
});

test("the CSV has one row an image and method, and quotes names with commas and quotes", () => {
  expect(evaluationCsv(evaluation).split("\r\n")).toEqual([
    "method,image,psnr,loe,seconds",
    "plain,a,10,5,1",
    "plain,b,20,5,2",
    "plain,c,30,5,3",
    '"with ""settings"", many",c,33,,',
    '"with ""settings"", many",a,11,,',
    "",
  ]);
});

test("the Markdown has a row a method, marks missing figures, and leaves out speed on request", () => {
  const full = evaluationMarkdown(evaluation, { speed: true });
  expect(full).toMatch(/^\| plain \| 3 \| 20\.00 \(.*\) \| 5 \(5 to 5\) \| 2\.000 \| 1\.00 \| 100 \|$/m);
  expect(full).toMatch(/^\| with "settings", many \| 2 \| 22\.00 \(.*\) \| – \| – \| – \| – \|$/m);
  expect(full).toMatch(/\| minus plain \|.*\n.*\n\| with "settings", many \| \+2\.00 \(\+1\.00 to \+3\.00\) \| – \|/);
  expect(full).toContain("- other: b.png: not there.");
  expect(evaluationMarkdown(evaluation, { speed: false })).not.toMatch(/MP\/s/);
});
