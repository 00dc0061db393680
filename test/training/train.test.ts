import {
  planTraining,
  type StageSize,
  type TrainingEvent,
  type TrainingOptions,
  type TrainingSetting,
  train,
} from "@kindling/lab";
import { metricsFile, planStageData } from "@kindling/lab/internal";
import { createRuntime } from "@kindling/node";
import { createRandom } from "@kindling/node/internal";
import { findSystem } from "@kindling/systems";
import { expect, onTestFinished, test } from "vitest";
import { memoryPhotos, memoryStore } from "../support/memory-training.ts";

const small = { pairs: ["pairs"], steps: 4, batch: 2, crop: 16, threads: 1, validate: "val", validateEvery: 2 };

async function trainInMemory(
  store: ReturnType<typeof memoryStore>,
  options: Partial<TrainingOptions> = {},
  setting: Partial<TrainingSetting> = {},
  network = "msr-net",
) {
  const runtime = createRuntime();
  onTestFinished(() => runtime.dispose());
  const photos = memoryPhotos();
  const plan = await planTraining(findSystem(network).recipe, { ...small, ...options }, photos);
  return train(plan, { store, photos, runtime, ...setting });
}

const textOf = (store: ReturnType<typeof memoryStore>, name: string) =>
  Buffer.from(store.files.get(name) ?? []).toString();

/** The rows of a run's metrics without their speeds. */
const rowsOf = (store: ReturnType<typeof memoryStore>) => {
  const [header = "", ...lines] = textOf(store, metricsFile).trimEnd().split("\n");
  const speed = header.split(",").indexOf("images-per-second");
  return lines.map((line) => line.split(",").toSpliced(speed, 1).join());
};

test("a training needs no disk: the store gets every file by its name", async () => {
  const store = memoryStore();
  expect(
    await trainInMemory(store, {}, { renderReport: async ({ rows, isRunning }) => `${rows.length} ${isRunning}` }),
  ).toBe(true);
  expect([...store.files.keys()].sort()).toEqual([
    "checkpoint.safetensors",
    "metrics.csv",
    "msr-net.onnx",
    "report.html",
    "run.yaml",
    "samples/0-msr-net-2.webp",
    "samples/0-msr-net-4.webp",
  ]);
  expect(textOf(store, "report.html")).toBe("4 false");
});

test("a run that its signal stopped and that was resumed equals one that was not, byte for byte", async () => {
  const [straight, stopped] = [memoryStore(), memoryStore()];
  await trainInMemory(straight, { steps: 3 }, {}, "retinex-net");
  for (const [stage, step] of [
    ["decomposition", 2],
    ["relight", 1],
  ] as const) {
    const stopping = new AbortController();
    const endStep = (open: { stage: { name: string }; taken: number }) => {
      if (open.stage.name === stage && open.taken === step) stopping.abort();
    };
    const setting = { hooks: [{ endStep }], signal: stopping.signal, resume: stage === "relight" };
    expect(await trainInMemory(stopped, { steps: 3 }, setting, "retinex-net")).toBe(false);
  }
  expect(await trainInMemory(stopped, { steps: 3 }, { resume: true }, "retinex-net")).toBe(true);
  for (const file of ["checkpoint.safetensors", "retinex-net.onnx"]) {
    expect(Buffer.from(stopped.files.get(file)!).equals(straight.files.get(file)!), file).toBe(true);
  }
  expect(rowsOf(stopped)).toEqual(rowsOf(straight));
});

test("a step gets the batch, the rate and the random numbers of its own number, also after a resume", async () => {
  const recipe = findSystem("msr-net").recipe;
  const taken: unknown[] = [];
  const stages = recipe.stages.map((stage) => ({
    ...stage,
    schedule: () => (step: number) => 1e-3 / (step + 1),
    build: (size: StageSize) => {
      const { steps, take } = stage.build(size);
      const record: typeof take = (runners, batch, rate, random) => {
        taken.push([batch["low"]?.values.slice(0, 9), rate, random()]);
        return take(runners, batch, rate, random);
      };
      return { steps, take: record };
    },
  }));
  const photos = memoryPhotos();
  const runtime = createRuntime();
  onTestFinished(() => runtime.dispose());
  const plan = await planTraining({ ...recipe, stages }, { ...small, steps: 2, seed: 7 }, photos);
  const store = memoryStore();
  await train(plan, { store, photos, runtime });
  await train(plan, { store, photos, runtime, resume: true, extend: 1 });
  const [stage] = plan.stages;
  const batches = await photos.openBatches(planStageData(plan, stage!));
  const expected = [0, 1, 2].map(async (step) => [
    (await batches.batch(step))["low"]?.values.slice(0, 9),
    1e-3 / (step + 1),
    createRandom(7, `msr-net, step ${step}`)(),
  ]);
  expect(taken).toEqual(await Promise.all(expected));
  expect(new Set(taken.map((step) => String(step))).size).toBe(3);
});

test("calls hooks around every step, after the laboratory's own, and reports the same steps as events", async () => {
  const calls: string[] = [];
  const events: TrainingEvent[] = [];
  await trainInMemory(
    memoryStore(),
    { steps: 2, validateEvery: 1 },
    {
      report: (event) => events.push(event),
      hooks: [
        {
          beginRun: () => void calls.push("beginRun"),
          beginStage: ({ taken }) => void calls.push(`beginStage ${taken}`),
          beginStep: ({ taken }) => void calls.push(`beginStep ${taken}`),
          endStep: ({ taken }, { terms, row }) =>
            void calls.push(
              `endStep ${taken} ${terms["total"] === row["total"]} ${row["validation-psnr"] !== undefined}`,
            ),
          endStage: ({ taken, saved }) => void calls.push(`endStage ${taken} ${saved}`),
          endRun: (outcome) => void calls.push(`endRun ${outcome}`),
        },
      ],
    },
  );
  expect(calls).toEqual([
    "beginRun",
    "beginStage 0",
    "beginStep 0",
    "endStep 1 true true",
    "beginStep 1",
    "endStep 2 true true",
    "endStage 2 2",
    "endRun finished",
  ]);
  expect(events.map(({ event }) => event)).toEqual([
    ...["checked", "stage", "saved", "step", "validated", "step", "validated", "saved", "written", "end"],
  ]);
  // In memory the pair of the split val is trained on, too.
  expect(events.filter(({ event }) => event === "validated")).toMatchObject([
    { isOfTrained: true },
    { isOfTrained: true },
  ]);
});

test("an error of a hook stops the training, and the report no longer says that it runs", async () => {
  const store = memoryStore();
  const outcomes: string[] = [];
  const fail = () => {
    throw new Error("enough");
  };
  const training = trainInMemory(
    store,
    { validateEvery: 1 },
    {
      renderReport: async ({ isRunning }) => `running: ${isRunning}`,
      hooks: [{ endStep: fail, endRun: (outcome) => void outcomes.push(outcome) }],
    },
  );
  await expect(training).rejects.toThrow("enough");
  expect(outcomes).toEqual(["failed"]);
  expect(textOf(store, "report.html")).toBe("running: false");
});
