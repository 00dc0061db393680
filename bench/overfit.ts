/**
 * Whether networks can learn four pairs by heart: the PSNR of what they make of the dark pictures after so many steps.
 *
 * Run: npx tsx bench/overfit.ts [network…]. Prints Markdown. The pairs are crops of 48x48 of smooth seeded scenes,
 * darkened by a curve. Too slow for a test; the tests only see the losses fall.
 */

import { createRandom, type ModelTensor, type ModelTensors } from "@kindling/core";
import { openStepRunner, type TrainingState } from "@kindling/lab/internal";
import {
  adam,
  createGraph,
  createScope,
  decayingRate,
  encodeOnnx,
  initialise,
  input,
  mul,
  type Scope,
  type Tensor,
  type TrainingStep,
} from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { gladnet } from "../packages/systems/src/gladnet/gladnet.ts";
import { gladnetStep } from "../packages/systems/src/gladnet/step.ts";
import { kindDecomposition } from "../packages/systems/src/kind/kind.ts";
import { kindDecompositionStep } from "../packages/systems/src/kind/steps.ts";
import { msrNet } from "../packages/systems/src/msr-net/msr-net.ts";
import { msrNetStep } from "../packages/systems/src/msr-net/step.ts";
import { wholeOverview } from "../test/support/whole-overview.ts";

const settings = { batch: 4, cropPx: 48, optimiser: adam() };

interface Exercise {
  readonly step: () => TrainingStep;
  /** What the step is fed beside the pairs. */
  readonly feeds?: (low: ModelTensor) => ModelTensors;
  readonly use: (scope: Scope, image: Tensor) => Tensor;
  /** Whether the picture it rebuilds is the dark one itself. */
  readonly rebuilds?: boolean;
  readonly steps: number;
  readonly rate: number;
}

const exercises: Readonly<Record<string, Exercise>> = {
  "kind/decomposition": {
    step: () => kindDecompositionStep(settings),
    use: (scope, image) => {
      const { reflectance, illumination } = kindDecomposition(scope.at("decomposition"), image);
      return mul(reflectance, illumination);
    },
    rebuilds: true,
    steps: 600,
    rate: 1e-3,
  },
  gladnet: { step: () => gladnetStep(settings), feeds: wholeOverview, use: gladnet, steps: 300, rate: 1e-3 },
  "msr-net": { step: () => msrNetStep(settings), use: msrNet, steps: 600, rate: 2e-3 },
};

const chosen = process.argv.slice(2);
const runtime = createRuntime();
console.log("| network | steps | PSNR of the dark picture dB | PSNR reached dB | seconds |");
console.log("| --- | --- | --- | --- | --- |");
for (const [name, exercise] of Object.entries(exercises)) {
  if (chosen.length === 0 || chosen.includes(name)) await practise(name, exercise);
}
await runtime.dispose();

async function practise(name: string, { step, feeds, use, rebuilds, steps, rate }: Exercise): Promise<void> {
  const begun = performance.now();
  const { low, high } = scenes();
  const built = step();
  const state: TrainingState = new Map(built.begin(initialise({ parameters: built.changes }, 1)));
  const runner = await openStepRunner(runtime, built, new Map(), state, { device: "cpu" });
  const batch = { low, high, ...feeds?.(low) };
  const schedule = decayingRate(rate, 0.1, steps);
  for (let i = 0; i < steps; i++) await runner.take(batch, schedule(i));

  const image = input("image", low.shape);
  const graph = createGraph("use", [image], { result: use(createScope(), image) });
  const weights = new Map(graph.parameters.map(({ path }) => [path, state.get(path)!]));
  const session = await runtime.open(encodeOnnx(graph, weights), { device: "cpu" });
  const { result } = await session.run({ image: low });
  const target = rebuilds ? low : high;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`| ${name} | ${steps} | ${psnr(low, high)} | ${psnr(result!, target)} | ${seconds} |`);
}

function psnr(a: ModelTensor, b: ModelTensor): string {
  const clipped = a.values.map((value) => Math.min(Math.max(value, 0), 1));
  const squares = clipped.reduce((sum, value, i) => sum + (value - b.values[i]!) ** 2, 0);
  return (-10 * Math.log10(squares / clipped.length)).toFixed(1);
}

/** Four pictures of seeded waves and boxes, 0 to 1, and the same darkened by a curve. */
function scenes(): { low: ModelTensor; high: ModelTensor } {
  const { batch, cropPx } = settings;
  const random = createRandom(5, "scenes");
  const high = new Float32Array(batch * 3 * cropPx ** 2);
  for (let plane = 0; plane < batch * 3; plane++) {
    const [fx, fy, phase] = [random() * 0.5, random() * 0.5, random() * 6] as const;
    const [left, top, step] = [random() * cropPx, random() * cropPx, 0.4 * random() - 0.2] as const;
    for (let i = 0; i < cropPx ** 2; i++) {
      const [x, y] = [i % cropPx, Math.floor(i / cropPx)];
      const box = x > left && y > top ? step : 0;
      high[plane * cropPx ** 2 + i] = 0.5 + 0.28 * Math.sin(fx * x + fy * y + phase) + box;
    }
  }
  const shape = [batch, 3, cropPx, cropPx];
  return { high: { shape, values: high }, low: { shape, values: high.map((value) => 0.4 * value ** 1.8) } };
}
