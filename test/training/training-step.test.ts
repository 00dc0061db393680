import type { ModelTensors } from "@kindling/core";
import { openStepRunner } from "@kindling/lab/internal";
import {
  adam,
  addWarmUp,
  constantRate,
  convolution,
  cosineRate,
  createScope,
  decayingRate,
  flatThenLinearRate,
  initialise,
  input,
  inputName,
  meanOf,
  meanSquaredError,
  mul,
  oneCycleRate,
  sub,
  type TrainingStepSettings,
  trainingStep,
} from "@kindling/nets";
import { byBatchStatistics } from "@kindling/nets/internal";
import { createRuntime } from "@kindling/node";
import { afterAll, describe, expect, it } from "vitest";

const runtime = createRuntime();
afterAll(() => runtime.dispose());
const cpu = { device: "cpu", threads: 1 } as const;

const vector = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });

/** The loss mean((w - target)^2) of one parameter of two values. */
function quadratic(settings: Partial<TrainingStepSettings> = {}) {
  const w = createScope().parameter("w", [2], () => () => 1);
  const target = input("target", [2]);
  const loss = { total: meanSquaredError(w, target) };
  return trainingStep({ name: "quadratic", inputs: [target], loss, optimiser: adam(), ...settings });
}

async function taken(step: ReturnType<typeof quadratic>, times: number, rate = 0.1) {
  const state = new Map(step.begin(new Map([["w", vector(3, -2)]])));
  const runner = await openStepRunner(runtime, step, new Map(), state, cpu);
  let reported: ModelTensors = {};
  for (let i = 0; i < times; i++) reported = await runner.take({ target: vector(1, 0.5) }, rate);
  return { state, reported, runner };
}

/** Adam as its paper has it, in plain numbers. */
function plainAdam(times: number, { rate = 0.1, limit = Infinity } = {}) {
  const w = [3, -2];
  const target = [1, 0.5];
  const [m, v] = [
    [0, 0],
    [0, 0],
  ];
  for (let t = 1; t <= times; t++) {
    const raw = w.map((value, i) => value - target[i]);
    const g = raw.map((value) => value * Math.min(1, limit / Math.hypot(...raw)));
    for (const i of [0, 1]) {
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2;
      w[i] -= (rate * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-8);
    }
  }
  return { w, m, v };
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4));

describe("a training step", () => {
  it("takes Adam's steps and keeps what it remembers in the state", async () => {
    const { state, reported } = await taken(quadratic(), 5);
    const { w, m, v } = plainAdam(5);
    expect([...state.get("w")!.values]).toEqual(near(w));
    expect([...state.get("adam/mean/w")!.values]).toEqual(near(m));
    expect([...state.get("adam/square/w")!.values]).toEqual(near(v));
    expect([...state.get("steps/quadratic")!.values]).toEqual([5]);
    expect(Object.keys(reported)).toEqual(["total"]);
  });

  it("shortens long gradients to a length and reports how long they were", async () => {
    const { state, reported } = await taken(quadratic({ clipNorm: 0.5 }), 1);
    expect([...state.get("adam/mean/w")!.values]).toEqual(near(plainAdam(1, { limit: 0.5 }).m));
    expect(reported["gradient-norm"].values[0]).toBeCloseTo(Math.hypot(2, -2.5), 5);
    const short = await taken(quadratic({ clipNorm: 50 }), 1);
    expect([...short.state.get("adam/mean/w")!.values]).toEqual(near(plainAdam(1).m));
  });

  it("averages the learnt parameters", async () => {
    const { state } = await taken(quadratic({ averageDecay: 0.75 }), 2);
    const average = plainAdam(1).w.map(
      (first, i) => 0.75 * (0.75 * [3, -2][i] + 0.25 * first) + 0.25 * plainAdam(2).w[i],
    );
    expect([...state.get("average/w")!.values]).toEqual(near(average));
  });

  it("decays matrices and leaves vectors alone", async () => {
    const scope = createScope();
    const [matrix, offset] = [scope.parameter("m", [1, 2], () => () => 4), scope.parameter("v", [2], () => () => 4)];
    // Constant in both: nothing but the decay moves them.
    const total = meanOf(mul(sub(mul(matrix, offset), mul(matrix, offset)), 1));
    const step = trainingStep({ name: "still", inputs: [], loss: { total }, optimiser: adam({ weightDecay: 0.5 }) });
    const state = new Map(step.begin(initialise({ parameters: step.changes }, 1)));
    await (await openStepRunner(runtime, step, new Map(), state, cpu)).take({}, 0.1);
    expect([...state.get("m")!.values]).toEqual(near([3.8, 3.8]));
    expect([...state.get("v")!.values]).toEqual([4, 4]);
  });

  it("leaves frozen parameters in the file, reads those that change elsewhere, and renews statistics", async () => {
    const [image, scope] = [input("image", [2, 1, 4, 4]), createScope()];
    const { normalise, statistics } = byBatchStatistics();
    const first = normalise(scope.at("norm"), convolution(scope.at("frozen"), image, { channels: 2 }));
    const second = convolution(scope.at("elsewhere"), convolution(scope.at("learnt"), first, { channels: 2 }), {
      channels: 1,
    });
    const step = trainingStep({
      name: "mixed",
      inputs: [image],
      loss: { total: meanSquaredError(second, image) },
      optimiser: adam(),
      learns: (path) => path.startsWith("learnt") || path.startsWith("norm"),
      reads: (path) => path.startsWith("elsewhere"),
      statistics,
    });
    expect(step.graph.parameters.map(({ path }) => path)).toEqual(["frozen/weight", "frozen/bias"]);
    expect(step.changes.map(({ path }) => path).sort()).toEqual([
      "learnt/bias",
      "learnt/weight",
      "norm/bias",
      "norm/running_mean",
      "norm/running_var",
      "norm/weight",
    ]);
    expect(step.graph.inputs.map(inputName)).toContain("elsewhere/weight");
    expect(Object.keys(step.graph.outputs)).not.toContain("next/elsewhere/weight");

    const elsewhere = { shape: [1, 2, 3, 3], values: new Float32Array(18).fill(0.1) };
    const state = new Map([
      ...step.begin(initialise({ parameters: step.changes }, 1)),
      ["elsewhere/weight", elsewhere],
      ["elsewhere/bias", vector(0)],
    ]);
    const runner = await openStepRunner(runtime, step, initialise(step.graph, 1), state, cpu);
    const picture = { shape: [2, 1, 4, 4], values: Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)) };
    await runner.take({ image: picture }, 0.01);
    expect(state.get("elsewhere/weight")).toBe(elsewhere);
    expect(state.get("norm/running_mean")!.values[0]).not.toBe(0);
    expect(state.get("norm/running_var")!.values[0]).not.toBe(1);
  });

  it("frees what it replaces in the state, but no part of a larger buffer", async () => {
    const { state, runner } = await taken(quadratic(), 1);
    const [w, mean] = ["w", "adam/mean/w"].map((name) => state.get(name)!.values) as [Float32Array, Float32Array];
    const shared = Float32Array.of(7, ...w, 7);
    state.set("w", { shape: [2], values: shared.subarray(1, 3) });
    const { total } = await runner.take({ target: vector(1, 0.5) }, 0.1);
    expect(mean).toHaveLength(0);
    expect(shared).toHaveLength(4);
    expect(total!.values).toHaveLength(1);
    expect(state.get("adam/mean/w")!.values).toHaveLength(2);
  });

  it("leaves the state as it was where a step fails", async () => {
    const { state, runner } = await taken(quadratic({ leavesBatchOpen: true }), 1);
    const before = new Map(state);
    await expect(runner.take({ target: { shape: [3], values: new Float32Array(3) } }, 0.1)).rejects.toThrow(/target/);
    await expect(runner.take({ target: vector(1) }, 0.1)).rejects.toThrow("target: the step takes [2], got [1].");
    await expect(runner.take({}, 0.1)).rejects.toThrow(/missing: target/);
    await expect(runner.take({ target: vector(1, 2) }, 0.1, { signal: AbortSignal.abort() })).rejects.toThrow(
      /Cancelled/,
    );
    expect(state).toEqual(before);
  });

  it("begins only from weights that fit", () => {
    expect(() => quadratic().begin(new Map())).toThrow(/w \[2\] is missing/);
    expect(() => quadratic().begin(new Map([["w", vector(1)]]))).toThrow(/w is \[1\], not \[2\]/);
  });
});

describe("learning rates", () => {
  it("follow their schedules", () => {
    expect(constantRate(0.1)(1000)).toBe(0.1);
    expect(decayingRate(1e-3, 0.96, 100)(50)).toBeCloseTo(1e-3 * Math.sqrt(0.96), 12);
    expect([0, 99, 100, 250].map(decayingRate(8, 0.5, 100, true))).toEqual([8, 8, 4, 2]);
    expect([0, 100, 150, 200, 300].map(flatThenLinearRate(2, 100, 100))).toEqual([2, 2, 1, 0, 0]);
    expect([0, 50, 100, 200].map(cosineRate(2, 100))).toEqual([2, expect.closeTo(1, 12), 0, 0]);
    const cycle = oneCycleRate(1, 100, 0.4);
    const [first, risen] = [1 / 25, 1 / 25 + 0.96 / 2];
    expect([0, 20, 40, 70, 100].map(cycle)).toEqual([first, risen, 1, 0.5, 0].map((rate) => expect.closeTo(rate, 12)));
    expect([0, 1, 3, 9].map(addWarmUp(constantRate(4), 4))).toEqual([1, 2, 4, 4]);
  });
});
