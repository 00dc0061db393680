/**
 * How long a step of training takes, and how much memory.
 *
 * Run: npx tsx bench/training.ts [threads] [python]. Prints Markdown. Every row is a process of its own, so that its
 * peak memory is its own. Seconds are the least and the median of several steps after the first; processor seconds tell
 * apart what the step needs from what it waits for on a machine that is shared. Where a Python that has PyTorch is
 * named, such as /usr/bin/python3, the same steps are measured there in between.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createRandom, type ModelTensors } from "@kindling/core";
import { openStepRunner } from "@kindling/lab/internal";
import {
  adam,
  createScope,
  initialise,
  input,
  inputName,
  meanSquaredError,
  type TrainingStep,
  trainingStep,
} from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { rolldown } from "rolldown";
import { kindRestoration } from "../packages/systems/src/kind/kind.ts";
import { kindDecompositionStep } from "../packages/systems/src/kind/steps.ts";

interface Measured {
  readonly leastS: number;
  readonly medianS: number;
  readonly processorS: number;
  readonly peakMB: number;
  readonly nodes?: number;
}

const labels = {
  decomposition: "KinD decomposition, 10 pairs of 48x48, full loss",
  restoration: "KinD restoration, 4 pictures of 96x96, squared error",
};

const steps: Readonly<Record<keyof typeof labels, () => TrainingStep>> = {
  decomposition: () => kindDecompositionStep({ batch: 10, cropPx: 48, optimiser: adam() }),
  restoration: () => {
    const picture = (name: string, channels: number) => input(name, [4, channels, 96, 96]);
    const [reflectance, illumination, target] = [
      picture("reflectance", 3),
      picture("illumination", 1),
      picture("target", 3),
    ];
    const restored = kindRestoration(createScope().at("restoration"), { reflectance, illumination });
    const loss = { total: meanSquaredError(restored, target) };
    const inputs = [reflectance, illumination, target];
    return trainingStep({ name: "restoration", inputs, loss, optimiser: adam(), leavesBatchOpen: true });
  },
};

const [threads = "2", python, name] = process.argv.slice(2);
if (name === "decomposition" || name === "restoration")
  console.log(JSON.stringify(await measure(name, Number(threads))));
else await printTable();

async function printTable(): Promise<void> {
  const script = await compile();
  console.log(`Node ${process.version}, ${process.arch}, ${threads} threads.\n`);
  console.log("| step | by | least s | median s | processor s | peak memory MB | operations |");
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const [which, label] of Object.entries(labels)) {
    printRow(label, "Kindling", [process.execPath, script, threads, "", which]);
    const beside = fileURLToPath(new URL("kind_steps.py", import.meta.url));
    if (python) printRow(label, "PyTorch", [python, beside, which, threads]);
  }
}

/** Compiles this file, as what people train with is: a process that compiles TypeScript first takes 40 MB more. */
async function compile(): Promise<string> {
  const file = fileURLToPath(new URL("../node_modules/.cache/bench-training.mjs", import.meta.url));
  const bundle = await rolldown({ input: fileURLToPath(import.meta.url), platform: "node", external: /^@kindling\// });
  await bundle.write({ file, codeSplitting: false });
  return file;
}

function printRow(label: string, by: string, [command, ...args]: readonly string[]): void {
  const { leastS, medianS, processorS, peakMB, nodes } = JSON.parse(String(execFileSync(command, args))) as Measured;
  const figures = [leastS.toFixed(3), medianS.toFixed(3), processorS.toFixed(3), peakMB.toFixed(0), nodes ?? ""];
  console.log(`| ${label} | ${by} | ${figures.join(" | ")} |`);
}

async function measure(which: keyof typeof steps, threadCount: number): Promise<Measured> {
  const step = steps[which]();
  const runtime = createRuntime();
  const state = new Map(step.begin(initialise({ parameters: step.changes }, 1)));
  const runner = await openStepRunner(runtime, step, new Map(), state, { device: "cpu", threads: threadCount });
  const batch = randomBatch(step);
  await runner.take(batch, 1e-4);
  const seconds: number[] = [];
  const used: number[] = [];
  for (let i = 0; i < 12; i++) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await runner.take(batch, 1e-4);
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    used.push((user + system) / 1e6);
  }
  const sorted = [...seconds].sort((a, b) => a - b);
  await runtime.dispose();
  return {
    leastS: sorted[0]!,
    medianS: sorted[6]!,
    processorS: Math.min(...used),
    peakMB: process.resourceUsage().maxRSS / 1024,
    nodes: step.graph.nodes.length,
  };
}

/** Random pictures for the inputs that are not state. */
function randomBatch(step: TrainingStep): ModelTensors {
  const pictures = step.graph.inputs.filter(({ shape }) => shape.length === 4 && (shape[2] as number) > 9);
  return Object.fromEntries(
    pictures.map((tensor) => {
      const random = createRandom(1, inputName(tensor));
      const shape = tensor.shape as readonly number[];
      const count = shape.reduce((product, side) => product * side, 1);
      return [inputName(tensor), { shape, values: Float32Array.from({ length: count }, random) }];
    }),
  );
}
