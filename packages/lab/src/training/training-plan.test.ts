import { describe, expect, test } from "vitest";
import type { TrainingRecipe, TrainingStage } from "./recipe.ts";
import { extendPlan, planTraining, type TrainingOptions } from "./training-plan.ts";

const stage = (name: string, steps: number) =>
  ({ name, defaults: { steps, batch: 4, cropPx: 48, rate: 0.1 }, leastCropPx: 16 }) as unknown as TrainingStage;
const recipe = { network: "some", data: "pairs", settings: {}, stages: [stage("first", 5), stage("second", 7)] };
const photos = { locate: async (name: string) => (name === "folder" ? "/full/folder" : undefined) };
const plan = (options: Partial<TrainingOptions>, changes: object = {}) =>
  planTraining({ ...recipe, ...changes } as unknown as TrainingRecipe, { pairs: ["lol"], ...options }, photos);

describe("a plan", () => {
  test("takes numbers for all stages or by stage, and the recipe's for the rest", async () => {
    const { stages } = await plan({ steps: { second: 3 }, batch: 2 });
    expect(stages.map(({ index, settings }) => [index, settings])).toEqual([
      [0, { steps: 5, batch: 2, cropPx: 48, rate: 0.1 }],
      [1, { steps: 3, batch: 2, cropPx: 48, rate: 0.1 }],
    ]);
    const [only] = (await plan({ stage: "second" })).stages;
    expect(only).toMatchObject({ index: 1, settings: { steps: 7 } });
  });

  test("adds steps to the present stage of a run", async () => {
    const { stages } = extendPlan(await plan({}), 1, 100);
    expect(stages.map(({ settings }) => settings.steps)).toEqual([5, 107]);
  });

  test("validates on a split of the training's data, which then keeps to train, or on another source", async () => {
    expect(await plan({})).toMatchObject({ validation: undefined });
    const split = await plan({ validate: "val" });
    expect(split).toMatchObject({
      options: { split: "train" },
      validation: { sources: ["lol"], split: "val", count: 4 },
    });
    expect((await plan({ validate: "val", split: "own" })).options.split).toBe("own");
    const folder = await plan({ validate: "folder" });
    expect(folder.validation).toEqual({ sources: ["/full/folder"], count: 4, sidePx: 384 });
    expect(folder.options).toMatchObject({ validate: "/full/folder" });
    expect(folder.options.split).toBeUndefined();
    const unpaired = plan({ pairs: [], dark: ["a"], normal: ["b"], validate: "val" }, { data: "unpaired" });
    await expect(unpaired).rejects.toThrow(/--validate val: expected a folder of pairs/);
  });

  test.each([
    [{ stage: "third" }, /--stage third: some has first, second/],
    [{ crop: 8 }, /--crop 8: first takes 16 px or more/],
    [{ rate: { third: 1 } }, /--rate: some has no stage third/],
    [{ pairs: [] }, /some learns from pairs/],
    [{ dark: ["a"] }, /neither --dark nor --normal/],
    [{ repeat: [1, 2] }, /expected a number for each of the 1 --pairs; got 2/],
    [{ preset: "paper" }, /--preset paper: some has none/],
    [{ set: { depth: 1 } }, /--set.*depth/],
    [{ perceptual: "a.safetensors" }, /has no loss that takes it/],
  ])("refuses %j", async (options, reason) => {
    await expect(plan(options)).rejects.toThrow(reason);
  });

  test.each([
    [{ pairs: [], dark: ["a"] }, /from dark and from good photos/],
    [{ repeat: [2] }, /every photo once/],
    [{ perceptual: "a.onnx" }, /belong together/],
    [{ perceptualLayer: "fire5" }, /belong together/],
    [{ perceptual: "a.safetensors" }, /has no loss that takes it/],
  ])("of unpaired data refuses %j", async (options, reason) => {
    await expect(plan(options, { data: "unpaired" })).rejects.toThrow(reason);
  });

  test("refuses settings of a perceptual loss that is left out, but not those that ask for nothing", async () => {
    const features = { default: 1, min: 0, max: 9, about: "" };
    const changes = { settings: { features }, perceptualSettings: ["features"] };
    const given = (value: number, more: object = {}) => plan({ set: { features: value }, ...more }, changes);
    await expect(given(5)).rejects.toThrow(
      /--set features=5: it belongs to a loss that is left out without --perceptual/,
    );
    for (const asked of [given(0), given(1), given(5, { perceptual: "a.safetensors" })]) {
      await expect(asked).resolves.toHaveProperty("settings.features");
    }
  });
});
