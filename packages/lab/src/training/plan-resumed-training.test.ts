import { describe, expect, test } from "vitest";
import { planResumedTraining } from "./plan-resumed-training.ts";
import type { TrainingRecipe, TrainingStage } from "./recipe.ts";
import { formatRunSettings } from "./run-settings.ts";
import type { RunStore } from "./run-store.ts";
import { planTraining, type TrainingOptions } from "./training-plan.ts";

const stage = (name: string) =>
  ({ name, defaults: { steps: 5, batch: 4, cropPx: 48, rate: 0.1 }, leastCropPx: 16 }) as unknown as TrainingStage;
const depth = { default: 2, min: 0, max: 9, about: "" };
const recipe = {
  network: "some",
  data: "pairs",
  settings: { depth },
  stages: [stage("first"), stage("second")],
} as unknown as TrainingRecipe;
const photos = { locate: async () => undefined };

/** Resumes a run that was begun with these options. */
async function resume(given: Partial<TrainingOptions>, trained = recipe) {
  const begun = await planTraining(
    recipe,
    { pairs: ["/lol"], steps: { second: 9 }, validate: "val", seed: 7, threads: 3, clipNorm: 1 },
    photos,
  );
  const bytes = new TextEncoder().encode(formatRunSettings(begun, "run"));
  const store = { place: "run", locate: (name: string) => name, read: async () => bytes } as unknown as RunStore;
  return { begun, plan: await planResumedTraining(trained, given, { store, photos }) };
}

describe("a run that is resumed", () => {
  test("keeps its settings where none is given", async () => {
    const { begun, plan } = await resume({ rate: undefined });
    expect(plan.stages).toEqual(begun.stages);
    expect(plan.settings).toEqual(begun.settings);
    expect(plan.validation).toEqual(begun.validation);
    expect(plan.options).toMatchObject({ pairs: ["/lol"], split: "train", seed: 7, threads: 3, clipNorm: 1 });
  });

  test("takes its own options again, in whatever form", async () => {
    const { begun, plan } = await resume({ pairs: ["/lol"], steps: { first: 5, second: 9 }, batch: 4, set: {} });
    expect(plan.stages).toEqual(begun.stages);
    expect((await resume({ steps: { second: 9 }, set: { depth: 2 }, split: "train" })).plan.settings).toEqual({
      depth: 2,
    });
  });

  test("may change what decides nothing that is learnt", async () => {
    const { plan } = await resume({ validateEvery: 3, validationPairs: 2, validationSide: 64, checkpointMinutes: 0 });
    expect(plan.options).toMatchObject({ validateEvery: 3, checkpointMinutes: 0 });
    expect(plan.validation).toMatchObject({ count: 2, sidePx: 64 });
  });

  test.each([
    [{ rate: 0.5 }, /--rate 0\.5: this run has first=0\.1 second=0\.1\./],
    [{ steps: 9 }, /--steps 9: this run has first=5 second=9\..+: train further by --extend <steps>, or leave/],
    [{ seed: 8 }, /--seed 8: this run has 7/],
    [{ clipNorm: 2 }, /--clip-norm 2: this run has 1\./],
    [{ average: 0.5 }, /--average 0\.5: this run has none/],
    [{ pairs: ["/other"] }, /--pairs \/other: this run has \/lol\./],
    [{ set: { depth: 3 } }, /--set depth=3: this run has depth=2\./],
    [{ threads: 4 }, /--threads 4: this run has 3/],
  ])("refuses %j, naming the run's own", async (given, reason) => {
    await expect(resume(given)).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringMatching(reason),
    });
  });

  test("refuses to train another network", async () => {
    await expect(resume({}, { ...recipe, network: "other" })).rejects.toThrow(/run in run trains some, not other/);
  });
});
