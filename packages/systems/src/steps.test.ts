import { createRandom, finish, type ModelTensor, type ModelTensors } from "@kindling/core";
import { areaReduce } from "@kindling/core/internal";
import type { StepSettings } from "@kindling/lab";
import { openStepRunner, type TrainingState } from "@kindling/lab/internal";
import { adam, constant, conv, initialise, type TrainingStep } from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { afterAll, describe, expect, it } from "vitest";
import { wholeOverview } from "../../../test/support/whole-overview.ts";
import { emberOverviewPx } from "./ember/facts.ts";
import { emberStep } from "./ember/step.ts";
import { enlightenGanSteps } from "./enlightengan/steps.ts";
import { gladnetStep } from "./gladnet/step.ts";
import { kindAdjustmentStep, kindDecompositionStep, kindRestorationStep, kindTogetherStep } from "./kind/steps.ts";
import { msrNetStep } from "./msr-net/step.ts";
import { retinexNetDecompositionStep, retinexNetRelightStep } from "./retinex-net/steps.ts";

const runtime = createRuntime();
afterAll(() => runtime.dispose());
const cpu = { device: "cpu", threads: 2 } as const;

/** Smooth pictures [count, 3, side, side] of a few seeded waves, 0 to 1, and the same darkened. */
function scenes(count: number, side: number): { low: ModelTensor; high: ModelTensor } {
  const random = createRandom(5, "scenes");
  const high = new Float32Array(count * 3 * side * side);
  for (let plane = 0; plane < count * 3; plane++) {
    const [fx, fy, phase] = [random() * 0.5, random() * 0.5, random() * 6];
    for (let i = 0; i < side * side; i++) {
      high[plane * side * side + i] = 0.5 + 0.45 * Math.sin(fx * (i % side) + fy * Math.floor(i / side) + phase);
    }
  }
  const shape = [count, 3, side, side];
  return { high: { shape, values: high }, low: { shape, values: high.map((value) => 0.4 * value ** 1.8) } };
}

const settings: StepSettings = { batch: 4, cropPx: 24, optimiser: adam() };

function totalOf({ total }: ModelTensors): number {
  return total.values[0];
}

async function totals(step: TrainingStep, times: number, rate: number, extra: Record<string, ModelTensor> = {}) {
  const state: TrainingState = new Map(step.begin(initialise({ parameters: step.changes }, 1)));
  const runner = await openStepRunner(runtime, step, initialise(step.graph, 2), state, cpu);
  const seen: number[] = [];
  const batch = { ...scenes(settings.batch, settings.cropPx), ...extra };
  for (let i = 0; i < times; i++) {
    seen.push(totalOf(await runner.take(batch, rate)));
  }
  await runner.dispose();
  return seen;
}

/** Whole pictures as steps see them reduced, where the crops are the whole pictures. */
function reducedScenes(cropPx: number): { low: ModelTensor; high: ModelTensor } {
  const reduced = ({ values }: ModelTensor) => {
    const planes = Array.from({ length: 12 }, (_, plane) => {
      const size = settings.cropPx ** 2;
      const whole = { width: settings.cropPx, height: settings.cropPx, values: values.subarray(plane * size) };
      return [...finish(areaReduce(whole, cropPx, cropPx)).values];
    });
    return { shape: [4, 3, cropPx, cropPx], values: Float32Array.from(planes.flat()) };
  };
  const { low, high } = scenes(4, settings.cropPx);
  return { low: reduced(low), high: reduced(high) };
}

function emberOverviews(): Record<string, ModelTensor> {
  const { low, high } = reducedScenes(emberOverviewPx);
  const good = { shape: [4, 1, 1, 1], values: Float32Array.of(1, 1, 0, 1) };
  return { "low-overview": low, "high-overview": high, good };
}

function kindReduced(): Record<string, ModelTensor> {
  const { low, high } = reducedScenes(64);
  return { "low-reduced": low, "high-reduced": high };
}

const brighten = { shape: [4, 1, 1, 1], values: Float32Array.of(1, 0, 1, 0) };

describe("the steps of the networks", () => {
  it.each([
    ["KinD's decomposition", kindDecompositionStep(settings), 60, 1e-3, {}, 0.7],
    ["KinD's restoration", kindRestorationStep(settings), 8, 1e-4, {}, 0.95],
    ["KinD's adjustment", kindAdjustmentStep(settings), 30, 1e-3, { brighten }, 0.9],
    ["KinD's restoration and adjustment", kindTogetherStep(settings), 12, 3e-4, kindReduced(), 0.95],
    ["GLADNet", gladnetStep(settings), 10, 1e-3, wholeOverview(scenes(4, 24).low), 0.8],
    ["MSR-net", msrNetStep(settings), 30, 1e-3, {}, 0.5],
    ["Ember", emberStep(settings), 12, 1e-3, emberOverviews(), 0.85],
    ["RetinexNet's decomposition", retinexNetDecompositionStep(settings), 20, 1e-3, {}, 0.8],
    ["RetinexNet's relighting", retinexNetRelightStep(settings), 20, 1e-3, {}, 0.8],
  ] as const)("bring the loss of %s down on four pairs", async (_, step, times, rate, extra, share) => {
    const seen = await totals(step, times, rate, extra);
    expect(seen.at(-1)).toBeLessThan(share * seen[0]);
  });
});

describe("EnlightenGAN's three steps", () => {
  it("share one state and bring each loss down while the others rest", async () => {
    const size = { halvings: 2, channels: 4 };
    const weight = constant(
      Float32Array.from({ length: 4 * 3 * 9 }, (_, i) => Math.sin(i) / 100),
      [4, 3, 3, 3],
    );
    const gan = enlightenGanSteps({
      batch: 2,
      cropPx: 32,
      patches: 2,
      patchSidePx: 16,
      globalDiscriminator: size,
      localDiscriminator: size,
      features: (image) => conv(image, weight),
      optimiser: adam({ beta1: 0.5 }),
    });
    const steps = [gan.generator, gan.globalDiscriminator, gan.localDiscriminator];
    const state: TrainingState = new Map(
      steps.flatMap((step) => [...step.begin(initialise({ parameters: step.changes }, 1))]),
    );
    const [generator, whole, patches] = await Promise.all(
      steps.map((step) => openStepRunner(runtime, step, new Map(), state, cpu)),
    );
    const { low, high } = scenes(2, 32);
    const centred = ({ shape, values }: ModelTensor) => ({ shape, values: values.map((value) => 2 * value - 1) });
    const [dark, real] = [centred(low), centred(high)];
    const places = {
      tops: { shape: [2], values: Float32Array.of(0, 16) },
      lefts: { shape: [2], values: Float32Array.of(3, 9) },
    };

    const beforeStatistics = state.get("generator/bn1_1/running_mean")!.values.slice();
    const first = await generator.take({ dark, original: dark, real, ...places }, 1e-4);
    expect(Object.keys(first).sort()).toEqual(["enhanced", "features", "global", "local", "patch-features", "total"]);
    expect(state.get("generator/bn1_1/running_mean")!.values).not.toEqual(beforeStatistics);
    const { enhanced: fake } = first;
    const judge = async (runner: typeof whole, feeds: Parameters<typeof whole.take>[0]) => {
      const seen: number[] = [];
      for (let i = 0; i < 15; i++) seen.push(totalOf(await runner.take(feeds, 1e-3)));
      return seen;
    };
    for (const seen of [await judge(whole, { real, fake }), await judge(patches, { real, fake, ...places })]) {
      expect(seen.at(-1)).toBeLessThan(0.98 * seen[0]);
    }
    const trained: number[] = [];
    for (let i = 0; i < 4; i++) {
      trained.push(totalOf(await generator.take({ dark, original: dark, real, ...places }, 1e-4)));
    }
    expect(trained.at(-1)).toBeLessThan(trained[0]);
  });
});
