// Run as a process of its own: `node --import tsx test/support/webgpu-step-differences.ts <steps…>`. Prints, as JSON, the largest
// difference between what a step of each kind of training gives on the GPU and on the processor, or why there is no GPU.

import { createRandom, KindlingError, type ModelTensors } from "@kindling/core";
import { adam, encodeOnnx, initialise, inputName, type TrainingStep } from "@kindling/nets";
import { openSession } from "@kindling/node";
import { gladnetStep } from "../../packages/systems/src/gladnet/step.ts";
import { kindDecompositionStep } from "../../packages/systems/src/kind/steps.ts";
import { msrNetStep } from "../../packages/systems/src/msr-net/step.ts";
import { largestDifference } from "./run-graph.ts";

const settings = { batch: 2, cropPx: 12, optimiser: adam(), clipNorm: 1 };
const steps: Readonly<Record<string, () => TrainingStep>> = {
  "kind/decomposition": () => kindDecompositionStep(settings),
  "msr-net": () => msrNetStep(settings),
  gladnet: () => gladnetStep(settings),
};

function feedsOf(step: TrainingStep): ModelTensors {
  const state = step.begin(initialise({ parameters: step.changes }, 1));
  return Object.fromEntries(
    step.graph.inputs.map((tensor) => {
      const name = inputName(tensor);
      const shape = tensor.shape as readonly number[];
      const count = shape.reduce((product, side) => product * side, 1);
      const random = createRandom(1, name);
      const values = name === "learning-rate" ? Float32Array.of(1e-4) : Float32Array.from({ length: count }, random);
      return [name, state.get(name) ?? { shape, values }];
    }),
  );
}

async function difference(step: TrainingStep): Promise<number> {
  const file = encodeOnnx(step.graph, new Map());
  const feeds = feedsOf(step);
  const [gpu, cpu] = [await openSession(file, { device: "webgpu" }), await openSession(file, { device: "cpu" })];
  const [onGpu, onCpu] = [await gpu.run(feeds), await cpu.run(feeds)];
  await Promise.all([gpu.dispose(), cpu.dispose()]);
  // Adam's first step is the learning rate's size whatever the gradient's; its mean tells the gradient.
  const told = Object.keys(onCpu).filter((key) => !key.startsWith("next/") || key.startsWith("next/adam/mean/"));
  return Math.max(
    ...told.map((key) => {
      const scale = onCpu[key].values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      return largestDifference(onGpu[key].values, onCpu[key].values) / scale;
    }),
  );
}

const differences: Record<string, number | string> = {};
try {
  for (const name of process.argv.slice(2)) differences[name] = await difference(steps[name]());
} catch (error) {
  if (!(error instanceof KindlingError) || error.code !== "no-device") throw error;
  differences["no-device"] = error.message;
}
process.stdout.write(JSON.stringify(differences));
