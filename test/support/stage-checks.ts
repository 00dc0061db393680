import { createRandom, type ModelTensors } from "@kindling/core";
import { completeSettings, type RecipeSettings, type StageSize, type System, type TrainingStage } from "@kindling/lab";
import { beginState, openStepRunner, type StepRunner, type TrainingState } from "@kindling/lab/internal";
import {
  adam,
  constant,
  conv,
  createGraph,
  createScope,
  freeDimension,
  type Graph,
  initialise,
  input,
  inputName,
  relu,
  type Tensor,
} from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smoothBatch } from "./smooth-scenes.ts";

/** At most so many steps at the stage's own rate, on one batch, bring every loss to this share of what it was. */
const [mostSteps, share] = [10, 0.98];

/** What a network sees in a picture, for losses that compare by it: one layer of fixed weights. */
function features(image: Tensor): Tensor {
  const values = Float32Array.from({ length: 4 * 3 * 9 }, (_, i) => Math.sin(i) / 100);
  return relu(conv(image, constant(values, [4, 3, 3, 3])));
}

function sizeOf({ leastCropPx, beta1 = 0.9 }: TrainingStage, settings: RecipeSettings): StageSize {
  return { batch: 2, cropPx: Math.max(leastCropPx, 24), optimiser: adam({ beta1 }), features, settings };
}

const pathsOf = ({ parameters }: Pick<Graph, "parameters">) => parameters.map(({ path }) => path);
const inputsOf = ({ inputs }: Graph) => inputs.map(inputName).sort();

function viewOf({ view }: TrainingStage, settings: RecipeSettings): Graph {
  const size = [1, 3, freeDimension("height"), freeDimension("width")];
  const [image, reference] = [input("image", size), input("reference", size)];
  return createGraph("view", [image, reference], { ...view(createScope(), image, reference, settings) });
}

/** What a runner was fed last. */
interface RecordedRunner extends StepRunner {
  readonly fed: () => ModelTensors;
}

/** A runner that remembers what it is fed. */
function recordFeeds(runner: StepRunner): RecordedRunner {
  let fed: ModelTensors = {};
  return {
    fed: () => fed,
    take(batch, rate, options) {
      fed = batch;
      return runner.take(batch, rate, options);
    },
    dispose: () => runner.dispose(),
  };
}

/** A batch that remembers which of its tensors were read. */
function recordReads(batch: ModelTensors): { batch: ModelTensors; read: Set<string> } {
  const read = new Set<string>();
  const get = (target: ModelTensors, name: string) => {
    read.add(name);
    return target[name];
  };
  return { batch: new Proxy(batch, { get }), read };
}

type BuiltStages = ReadonlyMap<TrainingStage, ReturnType<TrainingStage["build"]>>;

/** What the first stages of a recipe have learnt; default at its default settings. */
function learntBy(builtStages: BuiltStages, { recipe }: System, count: number, settings?: RecipeSettings): Set<string> {
  const steps = recipe.stages.slice(0, count).flatMap((stage) => {
    const built = settings ? stage.build(sizeOf(stage, settings)) : builtStages.get(stage)!;
    return built.steps;
  });
  return new Set(steps.flatMap(({ changes }) => changes.map(({ path }) => path)));
}

/** Settings with every choice in turn. */
function choicesOf({ recipe }: System): RecipeSettings[] {
  const chosen = Object.entries(recipe.settings).flatMap(([name, option]) =>
    "choices" in option ? option.choices.map((choice) => ({ [name]: choice })) : [],
  );
  return [{}, ...chosen].map((given) => completeSettings(recipe.settings, given));
}

/** Describes tests of every stage of these systems, and of their recipes. */
export function describeStages(systems: readonly System[]): void {
  const runtime = createRuntime();
  afterAll(() => runtime.dispose());

  const stages = systems.flatMap((system) =>
    system.recipe.stages.map((stage, i) => [`${system.name}: ${stage.name}`, { system, stage, i }] as const),
  );

  /** Every stage built for the default settings; graphs of millions of weights are built once. */
  const builtStages: BuiltStages = new Map(
    systems.flatMap(({ recipe }) => {
      const settings = completeSettings(recipe.settings, {});
      return recipe.stages.map((stage) => [stage, stage.build(sizeOf(stage, settings))] as const);
    }),
  );

  describe.each(stages)("the stage %s", (_, { system, stage, i }) => {
    const { recipe } = system;
    const settings = completeSettings(recipe.settings, {});
    const { steps, take } = builtStages.get(stage)!;
    const batch = smoothBatch(recipe, stage, sizeOf(stage, settings));
    const state: TrainingState = beginState({ steps, take }, new Map(), 1);
    let runners: RecordedRunner[];
    beforeAll(async () => {
      runners = await Promise.all(
        steps.map(async (step) => {
          const fixed = initialise(step.graph, 2);
          return recordFeeds(await openStepRunner(runtime, step, fixed, state, { device: "cpu", threads: 1 }));
        }),
      );
    });
    afterAll(() => Promise.all(runners.map((runner) => runner.dispose())));

    it("reads all its feeds, gives every graph exactly its inputs, and finite terms", async () => {
      const recorded = recordReads(batch);
      const terms = await take(runners, recorded.batch, stage.defaults.rate, createRandom(1, "take"));
      expect(Object.keys(terms).length).toBeGreaterThan(0);
      for (const { shape, values } of Object.values(terms)) {
        expect(shape).toEqual([]);
        expect(Number.isFinite(values[0])).toBe(true);
      }
      for (const [k, { graph }] of steps.entries()) {
        const fed = Object.keys(runners[k].fed());
        const renewed = Object.keys(graph.outputs).filter((name) => name.startsWith("next/"));
        const own = renewed.map((name) => name.slice("next/".length));
        const inputs = inputsOf(graph);
        const shared = inputs.filter((name) => state.has(name) && !own.includes(name));
        expect(inputs).toEqual([...fed, ...own, ...shared, "learning-rate"].sort());
      }
      // Steps of one graph take their batch as it is.
      if (steps.length === 1) expect(Object.keys(runners[0].fed())).toEqual(Object.keys(stage.feeds));
      else expect([...recorded.read].sort()).toEqual(Object.keys(stage.feeds).sort());
    });

    it("brings the loss of every graph down", { timeout: 180_000 }, async () => {
      for (const runner of runners) {
        const fed = runner.fed();
        const takeTotal = async () => (await runner.take(fed, stage.defaults.rate))["total"].values[0];
        const first = await takeTotal();
        let last = first;
        for (let n = 1; n < mostSteps && last >= share * first; n++) last = await takeTotal();
        expect(last).toBeLessThan(share * first);
      }
    });

    it("freezes only what an earlier stage learns, and its view needs no other weights", () => {
      const [before, now] = [learntBy(builtStages, system, i), learntBy(builtStages, system, i + 1)];
      expect(
        steps.flatMap(({ graph }) => pathsOf(graph)).filter((path) => !before.has(path) && !now.has(path)),
      ).toEqual([]);
      expect(pathsOf(viewOf(stage, settings)).filter((path) => !now.has(path))).toEqual([]);
    });

    it("completes networks of its system, with no weight that is still missing", () => {
      const now = learntBy(builtStages, system, i + 1);
      const completed = stage.networks(settings);
      expect(completed.length).toBeGreaterThan(0);
      for (const network of completed) {
        expect(system.networks).toContain(network);
        expect(pathsOf(network.build()).filter((path) => !now.has(path))).toEqual([]);
      }
    });
  });

  describe.each(systems.map((system) => [system.name, system] as const))("the recipe of %s", (_, system) => {
    it("is named as the system, and trains all weights of a model form whatever its choices", () => {
      const { recipe, models, name } = system;
      expect(recipe.network).toBe(name);
      for (const settings of choicesOf(system)) {
        const form = recipe.model?.(settings) ?? models[0];
        const learnt = learntBy(builtStages, system, recipe.stages.length, settings);
        const parts = Object.values(form.parts).flatMap(({ network }) => pathsOf(network.build()));
        expect(parts.filter((path) => !learnt.has(path))).toEqual([]);
      }
    });
  });
}
