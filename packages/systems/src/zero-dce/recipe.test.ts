import { completeSettings, dihedrals } from "@kindling/lab";
import { adam, countParameters, initialise, inputName } from "@kindling/nets";
import { expect, test } from "vitest";
import { runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { zeroDceNetworks } from "./networks.ts";
import { zeroDceRecipe } from "./recipe.ts";

const [stage] = zeroDceRecipe.stages;
const size = { batch: 2, cropPx: 32, optimiser: adam(), settings: completeSettings(zeroDceRecipe.settings, {}) };

test("Zero-DCE learns from dark and from bright photos, as they are, turned and flipped", () => {
  expect(zeroDceRecipe).toMatchObject({ network: "zero-dce", data: "unpaired" });
  expect(zeroDceRecipe.stages).toHaveLength(1);
  expect(stage!.feeds).toEqual({
    dark: { kind: "crop", of: "dark", darkened: false },
    bright: { kind: "crop", of: "bright", darkened: false },
  });
  expect(stage!.stretch).toBe(false);
  expect(stage!.augmentations).toEqual(dihedrals);
});

test("its defaults are the authors', with crops and fewer steps", () => {
  expect(stage!.defaults).toEqual({ steps: 10_000, batch: 4, cropPx: 128, rate: 1e-4 });
  expect(stage!.leastCropPx).toBe(16);
  expect(stage!.beta1).toBe(undefined);
  expect([0, 5000, 9999].map(stage!.schedule(1e-4, 10_000))).toEqual([1e-4, 1e-4, 1e-4]);
});

test("its losses count as in the authors' code", () => {
  expect(size.settings).toEqual({ spatial: 1, exposure: 10, colour: 5, smooth: 200, brightness: 0.6 });
});

test("its weights begin normally distributed about 0 with a deviation of 0.02, its biases at 0", () => {
  const graph = zeroDceNetworks.whole.build();
  expect(countParameters(graph)).toBe(79_416);
  const weights = initialise(graph, 1);
  const all = [...weights].flatMap(([path, { values }]) => (path.endsWith("weight") ? [...values] : []));
  expect(Math.hypot(...all) / Math.sqrt(all.length)).toBeCloseTo(0.02, 3);
  const largest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0.07);
  for (const [path, { values }] of weights) if (path.endsWith("bias")) expect(values.every((v) => v === 0)).toBe(true);
});

test("its step counts terms by the settings and shortens gradients to 0.1, or to what is asked for", async () => {
  const first = await takeStep({});
  const { spatial, exposure, colour, smooth, total } = first;
  expect((spatial! + 10 * exposure! + 5 * colour! + 200 * smooth!) / total!).toBeCloseTo(1, 6);
  expect(first["gradient-norm"]).toBeGreaterThan(0.1);
  expect(first["taken"]).toBeCloseTo(0.1, 4);
  expect((await takeStep({ clipNorm: 0.05 }))["taken"]).toBeCloseTo(0.05, 4);

  const settings = { spatial: 2, exposure: 3, colour: 4, smooth: 5, brightness: 0.3 };
  const other = await takeStep({ settings: completeSettings(zeroDceRecipe.settings, settings) });
  const weighted = 2 * other["spatial"]! + 3 * other["exposure"]! + 4 * other["colour"]! + 5 * other["smooth"]!;
  expect(weighted / other["total"]!).toBeCloseTo(1, 6);
  expect(other["exposure"]).toBeLessThan(exposure!);
});

/** What a first step reports, and the length of the gradient that Adam took in. */
async function takeStep(settings: Partial<typeof size> & { clipNorm?: number }): Promise<Record<string, number>> {
  const [step] = stage!.build({ ...size, ...settings }).steps;
  const names = step!.graph.inputs.map(inputName);
  expect(names).toEqual(expect.arrayContaining(["dark", "bright"]));
  const weights = new Map(
    step!.changes.map(({ path, shape }) => [path, seededFloat16(path, 5, shape, [-0.05, 0.05])] as const),
  );
  const results = await runGraph(step!.graph, new Map(), {
    ...Object.fromEntries(step!.begin(weights)),
    dark: seededFloat16("dark", 5, [2, 3, 32, 32], [0, 0.3]),
    bright: seededFloat16("bright", 5, [2, 3, 32, 32], [0.3, 1]),
    "learning-rate": { shape: [], values: Float32Array.of(1e-4) },
  });
  // Adam's mean gradient after one step is a tenth of the gradient.
  const means = Object.entries(results).filter(([name]) => name.startsWith("next/adam/mean/"));
  expect(means).toHaveLength(14);
  const taken = 10 * Math.hypot(...means.map(([, { values }]) => Math.hypot(...values)));
  return { ...Object.fromEntries(Object.entries(results).map(([name, { values }]) => [name, values[0]!])), taken };
}
