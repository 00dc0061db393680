import { expect, test } from "vitest";
import type { RunStore } from "../training/run-store.ts";
import { planRounds } from "./plan-rounds.ts";
import { listTrials } from "./search-grid.ts";
import { formatSearchSettings, readSearchSettings, type SearchSettings } from "./search-settings.ts";
import { trialOptions } from "./trial-options.ts";

const settings: SearchSettings = {
  network: "some",
  grid: {
    K: [6, 10],
    v: [
      [1, 10],
      [1, 10, 300],
    ],
    preset: ["paper"],
  },
  by: "gtMeanSsim",
  halve: true,
  options: { pairs: ["/lol"], validate: "val", steps: { all: 9 }, set: { lambda: 1e-6 } },
};
const storeOf = (text: string | undefined) =>
  ({
    locate: (name: string) => `search/${name}`,
    read: async () => (text === undefined ? undefined : new TextEncoder().encode(text)),
  }) as unknown as RunStore;

test("the settings that a search writes are read as they were", async () => {
  expect(await readSearchSettings(storeOf(formatSearchSettings(settings)))).toEqual(settings);
});

test.each([
  [undefined, /search\/search\.yaml: there is no search to continue/],
  ["network: some\ngrid: {}", /grid: expected lists of values/],
  ["network: some\ngrid: { K: [1] }\nby: taste", /by: expected psnr, ssim/],
  ["network: some\ngrid: { K: [1] }\nby: psnr\nhalve: false\ntraining: { rates: 1 }", /there is no setting rates/],
])("settings that cannot be used are refused: %j", async (text, reason) => {
  await expect(readSearchSettings(storeOf(text))).rejects.toThrow(reason);
});

test("a grid has a trial for every combination, in the order of its values, named as a folder can be", () => {
  expect(listTrials(settings.grid).map(({ name }) => name)).toEqual([
    "K=6,v=1-10,preset=paper",
    "K=6,v=1-10-300,preset=paper",
    "K=10,v=1-10,preset=paper",
    "K=10,v=1-10-300,preset=paper",
  ]);
});

const number = { default: 1, min: 0, max: 20, about: "" };
const recipe = { network: "some", settings: { K: number, lambda: number } } as unknown as Parameters<
  typeof trialOptions
>[0];

test.each([
  [{ K: [99] }, {}, "--grid: K takes a number from 0 to 20; got 99."],
  [{ rate: [-1] }, {}, "--grid: rate: expected a number above 0; got -1."],
  [{ preset: ["old"] }, {}, "--grid: preset: some has none; got old."],
  [{ K: [1] }, { set: { K: 2 } }, "--set K: --grid tries values of K. Leave one of them out."],
  [{ steps: [1] }, { steps: 4 }, "--steps: --grid tries values of steps. Leave one of them out."],
  [{ clipNorm: [1] }, { clipNorm: 4 }, "--clip-norm: --grid tries values of clipNorm. Leave one of them out."],
])("a grid of %j beside %j is refused, naming the option at fault", (grid, shared, message) => {
  expect(() => trialOptions(recipe, shared, listTrials(grid)[0]!)).toThrow(message);
});

test("an option of its default counts as not given", () => {
  expect(trialOptions(recipe, { seed: 1 }, listTrials({ seed: [2] })[0]!)).toEqual({ seed: 2 });
});

test("a trial has the options of all, its own settings and its own options", () => {
  const [trial] = listTrials({ K: [6], rate: [1e-3] });
  expect(trialOptions(recipe, settings.options, trial!)).toEqual({
    ...settings.options,
    rate: 1e-3,
    set: { lambda: 1e-6, K: 6 },
  });
});

test.each([
  [1, 100, [{ trials: 1 }]],
  [8, 800, [{ trials: 8, steps: 100 }, { trials: 4, steps: 200 }, { trials: 2, steps: 400 }, { trials: 1 }]],
  [12, 2, [{ trials: 12, steps: 1 }, { trials: 6 }]],
])("%i trials of %i steps are halved in rounds of doubled length", (trials, steps, rounds) => {
  expect(planRounds(trials, steps)).toEqual(rounds);
});
