import { describe, expect, test } from "vitest";
import { readRunSettings } from "./read-run-settings.ts";
import { formatRunSettings } from "./run-settings.ts";
import type { RunStore } from "./run-store.ts";
import { type TrainingPlan, trainingDefaults } from "./training-plan.ts";

const storeOf = (text: string | undefined) =>
  ({
    place: "run",
    locate: (name: string) => `run/${name}`,
    read: async () => (text === undefined ? undefined : new TextEncoder().encode(text)),
  }) as unknown as RunStore;

test("the settings that a run writes are read, without the place it was written to", async () => {
  const plan = {
    recipe: { network: "some" },
    stages: [{ index: 0, stage: { name: "a" }, settings: { steps: 10, batch: 2, cropPx: 48, rate: 0.1 } }],
    options: { ...trainingDefaults, pairs: ["/data"], clipNorm: 0.5, average: 0.9, threads: 3, validate: "val" },
    settings: { depth: 2, edges: "batch", scales: [1, 10] },
  } as unknown as TrainingPlan;
  const { network, options } = await readRunSettings(storeOf(formatRunSettings(plan, "elsewhere")));
  expect(network).toBe("some");
  expect(options).toEqual({
    ...plan.options,
    set: { depth: 2, edges: "batch", scales: [1, 10] },
    steps: { a: 10 },
    batch: { a: 2 },
    crop: { a: 48 },
    rate: { a: 0.1 },
  });
});

describe("a run whose settings cannot be used is refused", () => {
  test.each([
    [undefined, "not-found", /run\/run\.yaml: there is no run to continue/],
    ["- a", "invalid-option", /run\/run\.yaml: expected settings by name/],
    ["pairs: [a]", "invalid-option", /network: expected a text/],
    ["network: some\nseed: often", "invalid-option", /seed: expected a number; got "often"/],
    ["network: some\nrates: 3", "invalid-option", /there is no setting rates; known are network, pairs, .*rate/],
    ["network: some\npairs: a", "invalid-option", /pairs: expected a list of texts/],
    ["network: some\nsteps: {a: b}", "invalid-option", /steps: expected a number, or numbers by stage/],
    ["network: some\ndevice: gpu", "invalid-option", /device: expected cpu, webgpu; got "gpu"/],
    ["network: some\nset: 3", "invalid-option", /set: expected numbers, lists of numbers and texts by name/],
  ])("%j", async (text, code, reason) => {
    await expect(readRunSettings(storeOf(text))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(reason),
    });
  });

  test("with every fault in it", async () => {
    const read = readRunSettings(storeOf("network: some\nseed: often\nrates: 3"));
    await expect(read).rejects.toThrow(/^run\/run\.yaml: seed: .* run\/run\.yaml: there is no setting rates/);
  });
});
