import { completeSettings, type RecipeSettings, type System } from "@kindling/lab";
import { findForm, formOfSettings, tilingOfPart } from "@kindling/lab/internal";
import { adam, initialise } from "@kindling/nets";
import { expect, test } from "vitest";
import { runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { msrNetRecipe } from "./recipe.ts";
import { system } from "./system.ts";

const [stage] = msrNetRecipe.stages;
const settle = (given: Parameters<typeof completeSettings>[1]) => completeSettings(msrNetRecipe.settings, given);
const wholeOf = (settings: RecipeSettings) => formOfSettings(system, settings).parts["whole"]!;
const shapesOf = (settings: RecipeSettings) =>
  new Map(
    wholeOf(settings)
      .network.build()
      .parameters.map(({ path, shape }) => [path, shape]),
  );

test("MSR-net's defaults are the paper's", () => {
  expect(settle({})).toEqual({ v: [1, 10, 100, 300], K: 10, lambda: 1e-6 });
  expect(formOfSettings(system, settle({ lambda: 1e-5 }))).toEqual(system.models[0]);
});

test("form, halo and weights of MSR-net follow its scales and layers", () => {
  const settings = settle({ v: [1, 30], K: 6 });
  expect(formOfSettings(system, settings).name).toBe("msr-net+v=1:30+K=6");
  expect(tilingOfPart(wholeOf(settings))).toEqual({ haloPx: 7, alignmentPx: 1 });
  expect(tilingOfPart(wholeOf(settle({})))).toEqual({ haloPx: 11, alignmentPx: 1 });
  const shapes = shapesOf(settings);
  expect(shapes.get("multiscale/conv1x1/weight")).toEqual([32, 6, 1, 1]);
  expect(shapes.get("diff/fuse1x1/weight")).toEqual([3, 192, 1, 1]);
  expect(shapes.has("diff/conv7/weight")).toBe(false);
  expect(stage!.networks(settings).map(({ name }) => name)).toEqual(["msr-net+v=1:30+K=6"]);
});

test("a form is found again by the name that its files bear", () => {
  const named = findForm(system, "msr-net+v=1:30+K=6");
  expect(named?.parts["whole"]?.network.build().parameters.length).toBe(shapesOf(settle({ v: [1, 30], K: 6 })).size);
  expect(findForm(system, "msr-net")).toBe(system.models[0]);
  expect(findForm({ ...system, name: "other" } as System, "msr-net+K=6")).toBeUndefined();
  expect(() => findForm(system, "msr-net+K=999")).toThrow(/K takes a whole number from 1 to 40; got 999/);
});

test("a step trains the structure that was asked for, its decay counted by lambda", async () => {
  const totals = async (lambda: number) => {
    const size = { batch: 1, cropPx: 8, optimiser: adam(), settings: settle({ K: 2, lambda }) };
    const { graph, begin } = stage!.build(size).steps[0]!;
    expect(graph.parameters.map(({ path }) => path)).toEqual([]);
    const weights = initialise(wholeOf(size.settings).network.build(), 3);
    const feeds = {
      low: seededFloat16("low", 1, [1, 3, 8, 8], [0, 1]),
      high: seededFloat16("high", 1, [1, 3, 8, 8], [0, 1]),
      ...Object.fromEntries(begin(weights)),
      "learning-rate": { shape: [], values: Float32Array.of(0) },
    };
    const { data, decay, total } = await runGraph(graph, new Map(), feeds);
    return [data, decay, total].map((term) => term!.values[0]!) as [number, number, number];
  };
  const [data, decay, total] = await totals(0.5);
  expect(total / (data + 0.5 * decay)).toBeCloseTo(1, 5);
  const [, , without] = await totals(0);
  expect(without / data).toBeCloseTo(1, 5);
});
