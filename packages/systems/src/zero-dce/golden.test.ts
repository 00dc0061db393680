import { adam, createGraph, createScope, input, slice, type TrainingStep, type Weights } from "@kindling/nets";
import { describe, expect, it, test } from "vitest";
import { expectGradient, goldenJson, gradientGraph } from "../../../../test/support/gradient-graph.ts";
import {
  expectGolden,
  goldenModelTensors,
  largestDifference,
  runGraph,
  seededFloat16,
  weightsOf,
} from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { zeroDceLoss } from "./loss.ts";
import { zeroDceNetworks } from "./networks.ts";
import { zeroDcePytorch } from "./pytorch-names.ts";
import { zeroDceStep } from "./step.ts";
import { applyCurves, zeroDceCurves } from "./zero-dce.ts";

const officialName = (path: string) => zeroDcePytorch.sources.get(path)!.name;

/** Curves, the picture half way and the result, and all that the loss reports, with its gradients. */
function wholeGraph(height: number, width: number) {
  const image = input("image", [1, 3, height, width]);
  const curves = zeroDceCurves(createScope(), image);
  const enhanced = applyCurves(image, curves);
  const half = applyCurves(image, slice(curves, 1, 0, 12));
  return gradientGraph("zero-dce", [image], { ...zeroDceLoss(image, curves, enhanced), curves, half, enhanced });
}

describe.skipIf(!hasShared)("Zero-DCE against the authors' code", () => {
  const golden = hasShared ? goldenModelTensors("zerodce_forward_and_loss.safetensors") : undefined!;
  const stored = hasShared ? goldenModelTensors("zerodce_random_weights_f16.safetensors") : undefined!;
  const inputs = hasShared ? goldenModelTensors("inputs.safetensors") : undefined!;
  const seeded = (graph: Parameters<typeof weightsOf>[0]) => weightsOf(graph, (path) => stored(officialName(path)));

  it.each([
    ["a", 48, 64],
    ["b", 53, 71],
  ] as const)("enhances picture %s as the golden file does, curve by curve", async (n, height, width) => {
    const graph = wholeGraph(height, width);
    const { curves, half, enhanced } = await runGraph(graph, seeded(graph), { image: inputs(n) });
    if (n === "a") expectGolden(curves, golden("a.curves"), 2e-6);
    expectGolden(half, golden(`${n}.iteration4`), 2e-6);
    expectGolden(enhanced, golden(`${n}.enhanced`), 2e-6);
  });

  it("is that graph as a network", async () => {
    const graph = zeroDceNetworks.whole.build();
    const { enhanced } = await runGraph(graph, seeded(graph), { image: inputs("b") });
    expectGolden(enhanced, golden("b.enhanced"), 2e-6);
  });

  it("has the golden loss, term by term, and its gradients", async () => {
    const facts = goldenJson<{ loss_on_a: Record<string, number>; grad_norms: Record<string, number> }>(
      "zerodce_forward_and_loss.json",
    );
    const graph = wholeGraph(48, 64);
    const results = await runGraph(graph, seeded(graph), { image: inputs("a") });
    const value = (name: string) => results[name]!.values[0]!;
    const wanted = facts.loss_on_a;
    for (const [ours, theirs] of [
      [200 * value("smooth"), "200*TV"],
      [value("spatial"), "spatial"],
      [5 * value("colour"), "5*colour"],
      [10 * value("exposure"), "10*exposure"],
      [value("total"), "total"],
    ] as const) {
      expect(Math.abs(ours / wanted[theirs]! - 1)).toBeLessThanOrEqual(1e-5);
    }

    const gradients = graph.parameters.map(({ path }) => [officialName(path), results[`gradient/${path}`]!] as const);
    expect(gradients.map(([name]) => name).sort()).toEqual(Object.keys(facts.grad_norms).sort());
    for (const [name, { values }] of gradients) {
      expect(Math.abs(Math.hypot(...values) / facts.grad_norms[name]! - 1)).toBeLessThanOrEqual(1e-4);
    }
    for (const name of ["e_conv1.weight", "e_conv7.weight", "e_conv7.bias"]) {
      expectGradient(new Map(gradients).get(name), golden(`grad.${name}`), 1e-4);
    }
  });
});

test("the colour term leaves crops that are all black or white without a gradient, not without a number", async () => {
  const image = input("image", [2, 3, 16, 16]);
  const curves = zeroDceCurves(createScope(), image);
  const graph = gradientGraph("zero-dce", [image], zeroDceLoss(image, curves, applyCurves(image, curves)));
  const weights: Weights = weightsOf(graph, (path, shape) => seededFloat16(path, 1, shape, [-0.1, 0.1]));
  const values = new Float32Array(2 * 3 * 256).fill(1, 3 * 256);
  const results = await runGraph(graph, weights, { image: { shape: [2, 3, 16, 16], values } });
  for (const tensor of Object.values(results)) expect(tensor.values.every(Number.isFinite)).toBe(true);
});

test("a step counts dark and bright crops alike, each by itself", async () => {
  const step = zeroDceStep({ batch: 1, cropPx: 16, optimiser: adam() });
  const weights: Weights = weightsOf({ ...step.graph, parameters: step.changes }, (path, shape) =>
    seededFloat16(path, 1, shape, [-0.1, 0.1]),
  );
  const [dark, bright] = [
    seededFloat16("dark", 1, [1, 3, 16, 16], [0, 0.3]),
    seededFloat16("bright", 1, [1, 3, 16, 16], [0.4, 1]),
  ];
  const loss = async (first: typeof dark, second: typeof dark) => (await take(step, weights, first, second))["total"]!;
  const [both, darkAlone, brightAlone] = [
    await loss(dark, bright),
    await loss(dark, dark),
    await loss(bright, bright),
  ].map(({ values }) => values[0]!) as [number, number, number];
  expect((2 * both) / (darkAlone + brightAlone)).toBeCloseTo(1, 5);
  expect(Math.abs(darkAlone - brightAlone)).toBeGreaterThan(0.1);
});

function take(step: TrainingStep, weights: Weights, dark: ReturnType<typeof seededFloat16>, bright: typeof dark) {
  const rate = { shape: [], values: Float32Array.of(0) };
  return runGraph(step.graph, new Map(), {
    ...Object.fromEntries(step.begin(weights)),
    dark,
    bright,
    "learning-rate": rate,
  });
}

test("curves leave black and white where they are, and lift or lower what lies between", async () => {
  const [image, curves] = [input("image", [1, 3, 1, 3]), input("curves", [1, 6, 1, 3])];
  const graph = createGraph("curves", [image, curves], { enhanced: applyCurves(image, curves) });
  const values = Float32Array.from({ length: 9 }, (_, i) => (i % 3) / 2);
  const run = async (a: number) => {
    const parameters = { shape: [1, 6, 1, 3], values: new Float32Array(18).fill(a) };
    return (await runGraph(graph, new Map(), { image: { shape: [1, 3, 1, 3], values }, curves: parameters }))[
      "enhanced"
    ]!;
  };
  // 0.5 becomes 0.75 and then 0.9375; the other way 0.25 and then 0.0625.
  const rows = (middle: number) => [0, middle, 1, 0, middle, 1, 0, middle, 1];
  expect(largestDifference((await run(-1)).values, rows(0.9375))).toBe(0);
  expect(largestDifference((await run(1)).values, rows(0.0625))).toBe(0);
});
