import { createRandom, type ModelTensors } from "@kindling/core";
import { openStepRunner } from "@kindling/lab";
import { adam, initialise, inputName } from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { emberLossWeights } from "../packages/nets/src/losses/ember.ts";
import { emberStep } from "../packages/nets/src/training/ember-step.ts";
const off = (process.argv[2] ?? "").split(",").filter(Boolean);
const weights = { ...emberLossWeights, ...Object.fromEntries(off.map((n) => [n, 0])) };
const step = emberStep({ batch: 8, sidePx: 128, optimiser: adam({ weightDecay: 1e-4 }), clipNorm: 1 }, weights);
console.log("nodes", step.graph.nodes.length);
const runtime = createRuntime();
const state = new Map(step.begin(initialise({ parameters: step.changes }, 1)));
const runner = await openStepRunner(runtime, step, new Map(), state, { device: "cpu", threads: 1 });
const batch: ModelTensors = Object.fromEntries(["low", "high", "low-overview", "high-overview"].map((name) => {
  const side = name.includes("over") ? 64 : 128;
  const r = createRandom(1, name.replace("-overview", ""));
  return [name, { shape: [8, 3, side, side], values: Float32Array.from({ length: 8 * 3 * side * side }, () => r() * (name.startsWith("low") ? 0.1 : 0.9)) }];
}));
const times: number[] = [];
for (let i = 0; i < 10; i++) {
  const c = process.cpuUsage();
  const out = await runner.take(batch, 1e-3);
  const { user, system } = process.cpuUsage(c);
  times.push((user + system) / 1e6);
  if (i === 0 || i === 9) console.log(Object.fromEntries(Object.entries(out).map(([k, v]) => [k, v.values[0]!.toFixed(4)])));
}
console.log("cpu s: min", Math.min(...times).toFixed(3), times.map((t) => t.toFixed(2)).join(" "));
console.log(process.resourceUsage().maxRSS / 1024, "MB");
