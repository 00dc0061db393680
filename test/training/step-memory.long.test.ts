import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/**
 * Five steps of KinD's restoration in a process of its own, which prints the bytes that they took at most and those of the
 * state.
 */
const script = `
  import { completeSettings } from "@kindling/lab";
  import { openStepRunner } from "@kindling/lab/internal";
  import { adam, initialise } from "@kindling/nets";
  import { createRuntime } from "@kindling/node";
  import { findSystem } from "@kindling/systems";
  const { recipe } = findSystem("kind");
  const { build } = recipe.stages.find(({ name }) => name === "restoration");
  const [step] = build({ batch: 4, cropPx: 96, optimiser: adam(), settings: completeSettings(recipe.settings, {}) }).steps;
  const start = process.resourceUsage().maxRSS * 1024;
  const state = step.begin(initialise({ parameters: step.changes }, 1));
  const fixed = initialise(step.graph, 2);
  const runner = await openStepRunner(createRuntime(), step, fixed, state, { device: "cpu", threads: 1 });
  const values = Float32Array.from({ length: 4 * 3 * 96 * 96 }, (_, i) => (i % 97) / 97);
  const picture = { shape: [4, 3, 96, 96], values };
  for (let i = 0; i < 5; i++) await runner.take({ low: picture, high: picture }, 1e-4);
  const held = [...state.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
  console.log(JSON.stringify({ held, peak: process.resourceUsage().maxRSS * 1024 - start }));
`;

// What a step needs at most: the state before and after it, the state after it once more as ONNX Runtime's binding copies
// it, and the activations that are alive, about one state here. Measured 3.9 to 4.3; without openBatch or without freeing the
// replaced state 4.7 to 5.0.
it("takes less than 4.6 times the memory of the state that it changes", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root }).toString();
  const { held, peak } = JSON.parse(printed) as { held: number; peak: number };
  expect(held).toBeGreaterThan(8e7);
  expect(peak / held).toBeLessThan(4.6);
});
