import type { ModelTensor, ModelTensors } from "@kindling/core";
import { completeSettings } from "@kindling/lab";
import { adam, initialise, type TrainingStep, type Weights } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { kindNets } from "./networks.ts";
import { kindRecipe } from "./recipe.ts";

const cropPx = 24;
const size = { batch: 2, cropPx, optimiser: adam() };
const picture = (name: string, range: readonly [number, number]) =>
  seededFloat16(name, 3, [2, 3, cropPx, cropPx], range);
const pair = { low: picture("low", [0, 0.3]), high: picture("high", [0.2, 1]) };

const stageOf = (name: string) => kindRecipe.stages.find((stage) => stage.name === name)!;
const settings = completeSettings(kindRecipe.settings, { tone: "encoded" });

/** Takes a step of no length: what is reported is the loss before it. Averages and Adam begin at zero. */
async function lossOf(step: TrainingStep, weights: Weights, batch: ModelTensors): Promise<Record<string, number>> {
  const own = new Map(step.graph.parameters.map(({ path }) => [path, weights.get(path)!]));
  const feeds = { ...batch, ...Object.fromEntries(step.begin(weights)), "learning-rate": scalar(0) };
  const results = await runGraph(step.graph, own, feeds);
  return Object.fromEntries(Object.entries(results).map(([name, { values }]) => [name, values[0]!]));
}

const scalar = (value: number): ModelTensor => ({ shape: [], values: Float32Array.of(value) });
const weights: Weights = new Map(
  Object.values(kindNets).flatMap((net) => [...initialise(net.build(), 11)].map(([path, weight]) => [path, weight])),
);
const own = (graph: { readonly parameters: readonly { readonly path: string }[] }): Weights =>
  new Map(graph.parameters.map(({ path }) => [path, weights.get(path)!]));

/** Runs one of KinD's nets. */
function run(net: keyof typeof kindNets, inputs: ModelTensors): Promise<ModelTensors> {
  const graph = kindNets[net].build();
  return runGraph(graph, own(graph), inputs);
}

const plane = ({ shape, values }: ModelTensor, ratios: readonly number[]): ModelTensor => ({
  shape,
  values: values.map((_, i) => ratios[Math.floor(i / (cropPx * cropPx))]!),
});
const items = ({ values }: ModelTensor) => [values.subarray(0, values.length / 2), values.subarray(values.length / 2)];
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  mean(Array.from(a, (value, i) => (value - b[i]!) ** 2));

describe("KinD's adjustment", () => {
  test("is asked for the bright illumination by a ratio above 1, and for the dark one by a ratio below", async () => {
    const { steps } = stageOf("adjustment").build({ ...size, settings });
    const brighten = { shape: [2, 1, 1, 1], values: Float32Array.of(1, 0) };
    const measured = await lossOf(steps[0]!, weights, { ...pair, brighten });

    const dark = items((await run("decomposition", { image: pair.low }))["illumination"]!);
    const bright = items((await run("decomposition", { image: pair.high }))["illumination"]!);
    const share = (item: number) => mean(dark[item]!.map((value, i) => value / (bright[item]![i]! + 1e-4)));
    const illumination: ModelTensor = {
      shape: [2, 1, cropPx, cropPx],
      values: Float32Array.from([...dark[0]!, ...bright[1]!]),
    };
    const ratio = plane(illumination, [1 / share(0) + 1e-4, share(1)]);
    const { adjusted } = await run("adjustment", { illumination, ratio });
    expect(measured["square"]).toBeCloseTo(meanSquare(adjusted!.values, [...bright[0]!, ...dark[1]!]), 6);
  });
});

describe("KinD's restoration and adjustment together", () => {
  const reduced = {
    "low-reduced": seededFloat16("low whole", 3, [2, 3, 64, 64], [0, 0.3]),
    "high-reduced": seededFloat16("high whole", 3, [2, 3, 64, 64], [0.2, 1]),
  };

  test("brighten the dark picture, darken the bright illumination, and count structure", async () => {
    const { steps } = stageOf("together").build({ ...size, settings });
    const measured = await lossOf(steps[0]!, weights, { ...pair, ...reduced });

    const low = await run("decomposition", { image: pair.low });
    const high = await run("decomposition", { image: pair.high });
    const brightness = (whole: ModelTensor) =>
      items(whole).map((values) => {
        const pixels = values.length / 3;
        return mean(
          Array.from({ length: pixels }, (_, i) => Math.max(values[i]!, values[pixels + i]!, values[2 * pixels + i]!)),
        );
      });
    const [dark, bright] = [brightness(reduced["low-reduced"]), brightness(reduced["high-reduced"])];
    const up = dark.map((value, item) => bright[item]! / value);
    const adjust = async (illumination: ModelTensor, ratios: readonly number[]) =>
      (await run("adjustment", { illumination, ratio: plane(illumination, ratios) }))["adjusted"]!.values;

    const restored = (
      await run("restoration", { reflectance: low["reflectance"]!, illumination: low["illumination"]! })
    )["restored"]!.values;
    const lit = await adjust(low["illumination"]!, up);
    const area = cropPx * cropPx;
    const enhanced = restored.map((value, i) => value * lit[Math.floor(i / (3 * area)) * area + (i % area)]!);
    const pixels = mean(enhanced.map((value, i) => Math.abs(value - pair.high.values[i]!)));
    const darkened = await adjust(
      high["illumination"]!,
      up.map((ratio) => 1 / ratio),
    );
    expect(measured["pixels"]).toBeCloseTo(pixels, 5);
    expect(measured["darkened"]).toBeCloseTo(meanSquare(darkened, low["illumination"]!.values), 5);
    expect(measured["dissimilarity"]).toBeGreaterThan(0.1);
    const total = measured["pixels"]! + 0.3 * measured["dissimilarity"]! + measured["darkened"]!;
    expect(measured["total"]).toBeCloseTo(total, 5);
  });
});

describe("KinD's recipe", () => {
  test("has the losses that its weights were trained with", () => {
    expect(completeSettings(kindRecipe.settings, {})).toEqual({
      equalReflectance: 0.2,
      reflectanceNorm: "l1",
      smoothness: 0.12,
      epsilon: 0.01,
      c: 10,
      edgesOver: "none",
      envelope: 0.5,
      tone: "root",
      targetPower: 1,
      lit: 1,
    });
  });

  test("reads the settings of older runs", () => {
    expect(completeSettings(kindRecipe.settings, { edgesOver: 1, root: 0 })).toMatchObject({
      edgesOver: "picture",
      tone: "encoded",
    });
  });

  test("counts the envelope by default and leaves it out at 0", async () => {
    const terms = (given: Record<string, number>) =>
      Object.keys(
        stageOf("decomposition").build({ ...size, settings: completeSettings(kindRecipe.settings, given) }).steps[0]!
          .graph.outputs,
      );
    expect(terms({})).toContain("envelope");
    expect(terms({ envelope: 0 })).not.toContain("envelope");
  });

  test("has the authors' losses as the preset paper, and takes the paper's printed ones", async () => {
    const preset = kindRecipe.presets!["paper"] as Readonly<Record<string, number | string>>;
    const decomposed = await Promise.all([pair.low, pair.high].map((image) => run("decomposition", { image })));
    const [low, high] = decomposed.map((layers) => layers["reflectance"]!.values);
    const measure = async (given: Readonly<Record<string, number | string>>) => {
      const chosen = completeSettings(kindRecipe.settings, { ...preset, ...given });
      const { steps } = stageOf("decomposition").build({ ...size, settings: chosen });
      return lossOf(steps[0]!, weights, pair);
    };
    const absolute = await measure({});
    expect(absolute["equal-reflectance"]).toBeCloseTo(mean(low!.map((value, i) => Math.abs(value - high![i]!))), 6);
    const printed = await measure({ reflectanceNorm: "l2", epsilon: 0.001, c: 5 });
    expect(printed["equal-reflectance"]).toBeCloseTo(meanSquare(low!, high!), 6);
    expect(printed["smooth-low"]).toBeGreaterThan(absolute["smooth-low"]!);
    expect(printed["mutual-edges"]).toBeGreaterThan(absolute["mutual-edges"]!);
  });

  test("keeps weights in the graphs of their tone", () => {
    expect(kindRecipe.model?.(completeSettings(kindRecipe.settings, {})).name).toBe("kind+root");
    expect(kindRecipe.model?.(settings).name).toBe("kind");
  });
});
