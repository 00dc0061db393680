import { KindlingError } from "@kindling/core";
import { describe, expect, test } from "vitest";
import type { System } from "../system.ts";
import type { TrainingRecipe } from "../training/recipe.ts";
import { planSearch } from "./plan-search.ts";
import { runSearch, type TrialTrainer } from "./run-search.ts";
import type { SearchEvent } from "./search-event.ts";
import type { SearchResult } from "./search-result.ts";
import type { SearchSettings } from "./search-settings.ts";

const recipe = {
  network: "some",
  data: "pairs",
  settings: { K: { default: 3, min: 0, max: 99, integer: true, about: "" } },
  stages: [{ name: "all", defaults: { steps: 80, batch: 4, cropPx: 48, rate: 0.1 }, leastCropPx: 16 }],
} as unknown as TrainingRecipe;
const system = { name: "some", recipe, models: [{ name: "some", parts: {} }] } as unknown as System;
const shared = { pairs: ["data"], validate: "val" };
const settings: SearchSettings = {
  network: "some",
  grid: { K: [1, 2, 3, 4, 5] },
  by: "psnr",
  halve: true,
  options: shared,
};
const photos = { locate: async () => undefined };
const planOf = (changes: Partial<SearchSettings> = {}) => planSearch(system, { ...settings, ...changes }, photos);

/** Trains without work: PSNR grows with K, but that of the greatest K stops growing after 35 steps. */
function fakeTrainer({
  fails = [],
  stopsAfter = Number.POSITIVE_INFINITY,
}: {
  readonly fails?: readonly string[];
  readonly stopsAfter?: number;
} = {}) {
  const steps = new Map<string, number>();
  const calls: string[] = [];
  const running = { now: 0, most: 0 };
  const psnrOf = (k: number, step: number) => 10 * k + (k === 5 ? Math.min(step, 35) : step);
  const trainer: TrialTrainer & { readonly stop: AbortController } = {
    stop: new AbortController(),
    async read({ name, values, options }) {
      const done = steps.get(name);
      if (done === undefined) return undefined;
      const every = options.validateEvery ?? 500;
      const reached = Array.from({ length: Math.floor(done / every) }, (_, i) => (i + 1) * every);
      const validations = [...new Set(done === 80 ? [...reached, 80] : reached)].map((step) => {
        const psnr = psnrOf(values["K"] as number, step);
        return { stage: "all", step, psnr, ssim: -psnr, gtMeanPsnr: psnr, gtMeanSsim: psnr };
      });
      return { stage: "all", step: done, validations };
    },
    async train({ name }, { steps: until = 80, signal }) {
      calls.push(`${name} to ${until}`);
      running.most = Math.max(running.most, ++running.now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running.now--;
      if (fails.includes(name)) throw new KindlingError("invalid-model", `${name}: the loss is NaN`);
      if (name === "K=0") throw new KindlingError("not-found", "no data");
      if (calls.length > stopsAfter) trainer.stop.abort();
      if (!signal.aborted) steps.set(name, until);
    },
  };
  return { trainer, calls, running, steps };
}

describe("a search that halves", () => {
  test("continues the better half for twice as many steps, and the last to the end", async () => {
    const { trainer, calls } = fakeTrainer();
    const plan = await planOf();
    expect(plan.rounds).toEqual([{ trials: 5, steps: 20 }, { trials: 3, steps: 40 }, { trials: 2 }]);
    const { trials, isFinished } = await runSearch(plan, { trainer });
    expect(calls).toEqual([
      ...["K=1 to 20", "K=2 to 20", "K=3 to 20", "K=4 to 20", "K=5 to 20"],
      ...["K=3 to 40", "K=4 to 40", "K=5 to 40"],
      ...["K=4 to 80", "K=5 to 80"],
    ]);
    expect(isFinished).toBe(true);
    expect(trials.map(({ name, state, step }) => [name, state, step])).toEqual([
      ["K=4", "trained", 80],
      ["K=5", "trained", 80],
      ["K=3", "dropped", 40],
      ["K=2", "dropped", 20],
      ["K=1", "dropped", 20],
    ]);
  });

  test("compares by the measure that it is told", async () => {
    const { trainer } = fakeTrainer();
    const { trials } = await runSearch(await planOf({ by: "ssim" }), { trainer });
    expect(trials[0]?.name).toBe("K=1");
  });

  test("goes on where it was stopped, with what was trained", async () => {
    const { trainer, calls, steps } = fakeTrainer({ stopsAfter: 6 });
    const stopped = await runSearch(await planOf(), { trainer, signal: trainer.stop.signal });
    expect(stopped.isFinished).toBe(false);
    expect(calls.at(-1)).toBe("K=4 to 40");
    expect(stopped.trials.find(({ name }) => name === "K=4")).toMatchObject({ state: "begun", rounds: 1 });
    const next = fakeTrainer();
    for (const [name, step] of steps) next.steps.set(name, step);
    const { trials, isFinished } = await runSearch(await planOf(), { trainer: next.trainer });
    expect(isFinished).toBe(true);
    expect(next.calls).toEqual(["K=4 to 40", "K=5 to 40", "K=4 to 80", "K=5 to 80"]);
    const { trials: straight } = await runSearch(await planOf(), { trainer: fakeTrainer().trainer });
    expect(trials).toEqual(straight);
  });

  test("gives the place of a trial that failed to another", async () => {
    const { trainer } = fakeTrainer({ fails: ["K=4"] });
    const { trials } = await runSearch(await planOf(), { trainer });
    expect(trials.at(-1)).toMatchObject({ name: "K=4", state: "failed", message: "K=4: the loss is NaN" });
    expect(trials.slice(0, 2).map(({ name }) => name)).toEqual(["K=3", "K=5"]);
  });
});

describe("a search", () => {
  test("trains each combination to its end where it does not halve", async () => {
    const { trainer, calls } = fakeTrainer();
    const { trials } = await runSearch(await planOf({ halve: false }), { trainer });
    expect(calls).toEqual(["K=1 to 80", "K=2 to 80", "K=3 to 80", "K=4 to 80", "K=5 to 80"]);
    expect(trials.map(({ name }) => name)).toEqual(["K=4", "K=3", "K=2", "K=1", "K=5"]);
  });

  test("trains so many at the same time, saves after each in turn, and tells what it does", async () => {
    const { trainer, running } = fakeTrainer();
    const events: SearchEvent["event"][] = [];
    const saved: SearchResult[] = [];
    let saving = 0;
    await runSearch(await planOf({ halve: false }), {
      trainer,
      jobs: 2,
      report: ({ event }) => events.push(event),
      async save(result) {
        expect(++saving).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 3));
        saving--;
        saved.push(result);
      },
    });
    expect(running.most).toBe(2);
    expect(events).toEqual(["round", ...Array<string>(5).fill("trial")]);
    expect(saved.length).toBe(5);
    expect(saved.at(-1)).toMatchObject({ isFinished: false, axes: ["K"], by: "psnr" });
    expect(saved.at(-1)?.trials.filter(({ state }) => state === "trained")).toHaveLength(5);
  });

  test("stops at an error that is not that of a trial", async () => {
    const { trainer, calls } = fakeTrainer();
    const plan = await planOf({ grid: { K: [0, 1, 2, 3, 4, 5] }, halve: false });
    await expect(runSearch(plan, { trainer, jobs: 2 })).rejects.toThrow("no data");
    expect(calls.length).toBeLessThan(6);
  });

  test.each([
    [{ options: { pairs: ["data"] } }, /--validate: expected pairs/],
    [{ grid: {} }, /--grid: expected settings with values/],
    [{ grid: { K: [1, 1] } }, /--grid: K has the value 1 twice/],
    [{ grid: { depth: [1] } }, /--grid: some has no setting depth; known are K, preset, steps, batch/],
    [{ grid: { K: [100] } }, /K takes a whole number from 0 to 99; got 100/],
    [{ grid: { rate: [0] } }, /--grid: rate: expected a number above 0; got 0/],
    [{ grid: { steps: [10, 20] } }, /--halve: the trainings have different steps/],
  ])("refuses %j before anything is trained", async (changes, reason) => {
    await expect(planOf(changes)).rejects.toThrow(reason);
  });
});
