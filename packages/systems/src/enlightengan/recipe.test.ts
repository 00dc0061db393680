import { settleLoss } from "@kindling/lab";
import { adam, inputName } from "@kindling/nets";
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

  test("remembers half of the mean gradient", () => {
    expect(stage!.beta1).toBe(0.5);
  });

  test("keeps its rate for half of the steps, then lets it fall evenly to zero", () => {
    const rateAt = stage!.schedule(1e-4, 1000);
    expect([0, 499, 750, 1000].map(rateAt)).toEqual([1e-4, 1e-4, expect.closeTo(5e-5, 10), 0]);
  });
});
