import type { ModelTensor } from "@kindling/core";
import { openStepRunner, type TrainingState } from "@kindling/lab/internal";
import { adam, constant, conv, initialise } from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { afterAll, expect, it } from "vitest";
import { seededFloat16 } from "../../../../test/support/run-graph.ts";
import { enlightenGanSteps } from "./steps.ts";

const runtime = createRuntime();
afterAll(() => runtime.dispose());

it("EnlightenGAN's generator reports every loss, gives its picture and moves its running statistics", async () => {
  const size = { halvings: 2, channels: 4 };
  const weight = constant(
    Float32Array.from({ length: 4 * 3 * 9 }, (_, i) => Math.sin(i) / 100),
    [4, 3, 3, 3],
  );
  const { generator, globalDiscriminator, localDiscriminator } = enlightenGanSteps({
    batch: 2,
    cropPx: 32,
    patches: 2,
    patchSidePx: 16,
    globalDiscriminator: size,
    localDiscriminator: size,
    features: (image) => conv(image, weight),
    optimiser: adam({ beta1: 0.5 }),
  });
  const state: TrainingState = new Map(
    [generator, globalDiscriminator, localDiscriminator!].flatMap((step) => [
      ...step.begin(initialise({ parameters: step.changes }, 1)),
    ]),
  );
  const runner = await openStepRunner(runtime, generator, new Map(), state, { device: "cpu", threads: 1 });
  const [dark, real] = ["dark", "real"].map((name) => seededFloat16(name, 1, [2, 3, 32, 32], [-1, 1]));
  const starts = (...values: number[]): ModelTensor => ({ shape: [2], values: Float32Array.from(values) });
  const places = { tops: starts(0, 16), lefts: starts(3, 9) };

  const before = state.get("generator/bn1_1/running_mean")!.values.slice();
  const reported = await runner.take({ dark, original: dark, real, ...places }, 1e-4);
  await runner.dispose();
  expect(Object.keys(reported).sort()).toEqual(["enhanced", "features", "global", "local", "patch-features", "total"]);
  expect(reported["enhanced"].shape).toEqual([2, 3, 32, 32]);
  expect(state.get("generator/bn1_1/running_mean")!.values).not.toEqual(before);
});
