import type { DeviceTensor, DeviceTensors, ModelSession, ModelTensors, Runtime } from "@kindling/core";
import { adam, createScope, input, meanSquaredError, trainingStep } from "@kindling/nets";
import { expect, test } from "vitest";
import { readBack } from "./read-back.ts";
import { type DeviceState, openStepRunner } from "./step-runner.ts";

/** A runtime with a GPU on which every run adds 1 to whatever it keeps; its tensors are numbered as they are made. */
function createCountingGpu() {
  const values = new Map<DeviceTensor, number>();
  const runs: { readonly inputs: ModelTensors; readonly onDevice: DeviceTensors }[] = [];
  const freed: DeviceTensor[] = [];
  const open: Runtime["open"] = async (_, { keptOutputs = [] } = {}) => {
    const heldBy = (name: string, { inputs, onDevice }: (typeof runs)[number]) => {
      const tensor = onDevice[name];
      return tensor ? values.get(tensor)! : inputs[name]!.values[0]!;
    };
    const session: ModelSession = {
      inputNames: [],
      outputNames: [],
      device: "webgpu",
      run: async () => ({}),
      async runOnDevice(inputs, onDevice) {
        const run = { inputs, onDevice };
        runs.push(run);
        if (keptOutputs.length === 0) {
          const read = Object.keys(onDevice).map((name) => [`read/${name}`, vector(heldBy(name, run))]);
          return { outputs: Object.fromEntries(read), kept: {} };
        }
        const kept = keptOutputs.map((name) => {
          const tensor: DeviceTensor = { shape: [1], dispose: () => freed.push(tensor) };
          values.set(tensor, heldBy(name.slice("next/".length), run) + 1);
          return [name, tensor] as const;
        });
        return { outputs: { total: vector(0.5) }, kept: Object.fromEntries(kept) };
      },
      dispose: async () => undefined,
    };
    return session;
  };
  return { runtime: { open, dispose: async () => undefined } satisfies Runtime, runs, freed };
}

const vector = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });

function oneParameter() {
  const w = createScope().parameter("w", [1], () => () => 1);
  const target = input("target", [1]);
  return trainingStep({
    name: "one",
    inputs: [target],
    loss: { total: meanSquaredError(w, target) },
    optimiser: adam(),
  });
}

test("a GPU keeps the state between steps: only the batch goes there, old tensors are freed, and reading back gives the last step's", async () => {
  const { runtime, runs, freed } = createCountingGpu();
  const step = oneParameter();
  const state = new Map(step.begin(new Map([["w", vector(3)]])));
  const onDevice: DeviceState = new Map();
  const runner = await openStepRunner(runtime, step, new Map(), state, { onDevice });
  for (let i = 0; i < 3; i++) expect(Object.keys(await runner.take({ target: vector(1) }, 0.1))).toEqual(["total"]);
  expect(Object.keys(runs[0]!.inputs).sort()).toEqual([...state.keys(), "learning-rate", "target"].sort());
  expect(Object.keys(runs[1]!.inputs).sort()).toEqual(["learning-rate", "target"]);
  expect(Object.keys(runs[1]!.onDevice).sort()).toEqual([...state.keys()].sort());
  expect(freed).toHaveLength(2 * state.size);
  expect([...onDevice.values()].some((tensor) => freed.includes(tensor))).toBe(false);

  expect(state.get("w")!.values[0]).toBe(3);
  await readBack(runtime, state, onDevice, {});
  expect(state.get("w")!.values[0]).toBe(6);
});

test("two networks that share a state cannot be on different devices", async () => {
  const { runtime } = createCountingGpu();
  const step = oneParameter();
  const state = new Map(step.begin(new Map([["w", vector(3)]])));
  const onDevice: DeviceState = new Map();
  await (await openStepRunner(runtime, step, new Map(), state, { onDevice })).take({ target: vector(1) }, 0.1);
  const onProcessor: Runtime = {
    ...runtime,
    async open(...words) {
      const { runOnDevice, ...session } = await runtime.open(...words);
      return session;
    },
  };
  const other = await openStepRunner(onProcessor, step, new Map(), state, { onDevice });
  await expect(other.take({ target: vector(1) }, 0.1)).rejects.toMatchObject({ code: "no-device" });
  await expect(readBack(onProcessor, state, onDevice, {})).rejects.toMatchObject({ code: "no-device" });
});
