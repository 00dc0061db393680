import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { outcomeOf, runKindling, startKindling } from "../support/run-kindling.ts";
import { dataOf, metricsOf, small, stepOf } from "../support/training-run.ts";

const kills = 10;
const steps = 120;

test(`a training that is killed at ${kills} moments ends with the same bytes as one that was never stopped`, {
  timeout: 3_600_000,
}, async () => {
  const data = await dataOf();
  const [straight, killed] = ["straight", "killed"].map((name) => join(data, "..", name)) as [string, string];
  const often = ["--checkpoint-minutes", "0"];
  expect(await runKindling([...small(data, straight, steps), ...often])).toMatchObject({ status: 0, stderr: "" });

  const random = createRandom(10, "moments of kills");
  let words = [...small(data, killed, steps), ...often];
  for (let kill = 1; kill <= kills; kill++) {
    const wanted = Math.floor((steps * kill) / (kills + 1));
    const child = startKindling(words);
    child.stdout?.on("data", (chunk) => {
      const reached = [...String(chunk).matchAll(/"event":"step","stage":"msr-net","step":(\d+),/g)].some(
        ([, step]) => Number(step) >= wanted,
      );
      // At any moment of a step, its checkpoint included.
      if (reached) setTimeout(() => child.kill("SIGKILL"), 60 * random());
    });
    expect((await outcomeOf(child)).status).toBe(null);
    expect(stepOf(killed)).toBeGreaterThanOrEqual(wanted - 1);
    words = ["train", "--resume", "-o", killed, "--json"];
  }
  expect(await runKindling(words)).toMatchObject({ status: 0, stderr: "" });
  for (const file of ["checkpoint.safetensors", "msr-net.onnx"]) {
    expect(readFileSync(join(killed, file)).equals(readFileSync(join(straight, file))), file).toBe(true);
  }
  expect(metricsOf(killed)).toEqual(metricsOf(straight));
});
