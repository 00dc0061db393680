import { createRandom, type ModelTensors } from "@kindling/core";
import { completeSettings } from "@kindling/lab";
import { formOfSettings, tilingOfPart } from "@kindling/lab/internal";
import { adam, inputName, relu } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { enlightenGanRecipe } from "./recipe.ts";
import { system } from "./system.ts";

const [stage] = enlightenGanRecipe.stages;
const settle = (given: Readonly<Record<string, number | string>>) =>
  completeSettings(enlightenGanRecipe.settings, given);
const size = { batch: 1, cropPx: 64, optimiser: adam() };

describe("EnlightenGAN's recipe", () => {
  test("shows its local discriminator six patches of every picture", () => {
    const { steps } = stage!.build({ ...size, settings: settle({}) });
    const local = steps.find(({ graph }) => graph.name === "enlightengan/local-discriminator")!;
    const shapes = Object.fromEntries(local.graph.inputs.map((tensor) => [inputName(tensor), tensor.shape]));
    expect(shapes).toMatchObject({ tops: [6], lefts: [6] });
  });

  test("shows each net its own pictures, -1 to 1, and the discriminators what the generator made", async () => {
    const { take } = stage!.build({ ...size, features: relu, settings: settle({}) });
    const flat = (value: number) => ({ shape: [1], values: Float32Array.of(value) });
    const fed: ModelTensors[] = [];
    const runner = {
      take: async (batch: ModelTensors) => {
        fed.push(batch);
        return { total: flat(0), enhanced: flat(7) };
      },
      dispose: async () => undefined,
    };
    const batch = { dark: flat(0.25), original: flat(0.5), real: flat(1) };
    await take([runner, runner, runner], batch, 1e-4, createRandom(1, "patches"));
    const [{ tops, lefts, ...generator }, whole, local] = fed;
    expect(generator).toEqual({ dark: flat(-0.5), original: flat(0), real: flat(1) });
    expect(whole).toEqual({ real: flat(1), fake: flat(7) });
    expect(local).toEqual({ real: flat(1), fake: flat(7), tops, lefts });
    expect(tops.shape).toEqual([6]);
    expect(tops).not.toEqual(lefts);
  });

  test("leaves out what has no weight: the local discriminator, and what pictures show", () => {
    const outputsOf = (given: Record<string, number>) => {
      const { steps } = stage!.build({ ...size, features: relu, settings: settle(given) });
      const outputs = Object.keys(steps[0]!.graph.outputs).filter((name) => !/^next\/|enhanced|total|norm/.test(name));
      return [steps.length, ...outputs.sort()];
    };
    expect(outputsOf({})).toEqual([3, "features", "global", "local", "patch-features"]);
    expect(outputsOf({ local: 0 })).toEqual([2, "features", "global", "patch-features"]);
    expect(outputsOf({ features: 0, patchFeatures: 0 })).toEqual([3, "global", "local"]);
  });

  test("takes its steps without a local discriminator", async () => {
    const { take } = stage!.build({ ...size, settings: settle({ local: 0 }) });
    const flat = (value: number) => ({ shape: [1], values: Float32Array.of(value) });
    const fed: string[][] = [];
    const runner = {
      take: async (batch: ModelTensors) => {
        fed.push(Object.keys(batch));
        return { total: flat(0), enhanced: flat(7) };
      },
      dispose: async () => undefined,
    };
    const batch = { dark: flat(0.25), original: flat(0.5), real: flat(1) };
    const terms = await take([runner, runner], batch, 1e-4, createRandom(1, "patches"));
    expect(fed).toEqual([
      ["dark", "real"],
      ["real", "fake"],
    ]);
    expect(Object.keys(terms)).not.toContain("local-discriminator");
  });

  test("keeps weights in graphs of their own where attention or statistics differ", () => {
    const formOf = (given: Record<string, string>) => formOfSettings(system, settle(given));
    expect(formOf({})).toEqual(system.models[0]);
    const plain = formOf({ attention: "off" });
    expect(plain.name).toBe("enlightengan+attention=off");
    const { parameters } = plain.parts["whole"]!.network.build();
    expect(parameters.find(({ path }) => path === "generator/conv1_1/weight")?.shape).toEqual([32, 3, 3, 3]);
    expect(tilingOfPart(plain.parts["whole"]!)).toEqual(tilingOfPart(system.models[0].parts["whole"]!));
    // What each picture is normalised by depends on all of it.
    expect(tilingOfPart(formOf({ statistics: "picture" }).parts["whole"]!)).toBeUndefined();
  });

  test("remembers half of the mean gradient", () => {
    expect(stage!.beta1).toBe(0.5);
  });

  test("keeps its rate for half of the steps, then lets it fall evenly to zero", () => {
    const rateAt = stage!.schedule(1e-4, 1000);
    expect([0, 499, 750, 1000].map(rateAt)).toEqual([1e-4, 1e-4, expect.closeTo(5e-5, 10), 0]);
  });
});
