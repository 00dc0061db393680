import { createRandom, type Enhancer, type Photo } from "@kindling/core";
import type { MeasureWeightsJob } from "./measure-weights.ts";
import { openEnhancer } from "./open-enhancer.ts";

// The process that `measureWeights` starts.

/** Large enough that convolutions take most of the time, small enough that a run takes less than a tenth of a second. */
const [width, height] = [256, 192];

/** Runs of each weights after the first, in turns, so that other work on the machine meets all alike. */
const rounds = 5;

process.once("disconnect", () => process.exit());

process.once("message", async (job: MeasureWeightsJob) => {
  try {
    process.send?.(await measure(job));
  } catch {
    // Without a message the default weights run, and opening them tells what is wrong.
  }
  process.disconnect();
});

async function measure({ methods, models }: MeasureWeightsJob): Promise<Record<string, number>> {
  const times: { readonly method: string; readonly enhancer: Enhancer; readonly ms: number[] }[] = [];
  for (const method of methods) {
    times.push({ method, enhancer: await openEnhancer({ method, models, device: "cpu", threads: 1 }), ms: [] });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { enhancer, ms } of times) {
      const before = process.cpuUsage();
      await enhancer.analyse(noise());
      const { user, system } = process.cpuUsage(before);
      // The first run pays for memory that the others find there.
      if (round > 0) ms.push((user + system) / 1000);
    }
  }
  // The least: other work on the machine only ever adds to a time.
  return Object.fromEntries(times.map(({ method, ms }) => [method, Math.min(...ms)]));
}

/** A dark photo without structure: the time of a network does not depend on what it shows. */
function noise(): Photo {
  const random = createRandom(1, "weights");
  const samples = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random());
  return {
    picture: { width, height, channels: 3, samples },
    metadata: {},
    format: "png",
    depth: 8,
    lossless: true,
    notes: [],
  };
}
