import { createRandom, type ModelTensors } from "@kindling/core";
import { settleLoss } from "@kindling/lab";
import { adam, inputName, relu } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { enlightenGanRecipe } from "./recipe.ts";

const [stage] = enlightenGanRecipe.stages;

describe("EnlightenGAN's recipe", () => {
  test("shows its local discriminator six patches of every picture", () => {
    const { steps } = stage!.build({ batch: 1, cropPx: 64, optimiser: adam(), loss: settleLoss({}, {}) });
    const local = steps.find(({ graph }) => graph.name === "enlightengan/local-discriminator")!;
    const shapes = Object.fromEntries(local.graph.inputs.map((tensor) => [inputName(tensor), tensor.shape]));
    expect(shapes).toMatchObject({ tops: [6], lefts: [6] });
  });

  test("shows each net its own pictures, -1 to 1, and the discriminators what the generator made", async () => {
    const size = { batch: 1, cropPx: 64, optimiser: adam(), loss: settleLoss({}, {}) };
    const { take } = stage!.build({ ...size, features: relu });
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

  test("remembers half of the mean gradient", () => {
    expect(stage!.beta1).toBe(0.5);
  });

  test("keeps its rate for half of the steps, then lets it fall evenly to zero", () => {
    const rateAt = stage!.schedule(1e-4, 1000);
    expect([0, 499, 750, 1000].map(rateAt)).toEqual([1e-4, 1e-4, expect.closeTo(5e-5, 10), 0]);
  });
});
