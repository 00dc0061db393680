import { fork } from "node:child_process";
import type { AnalysisTimes } from "./kept-measurement.ts";

/** Weights to compare: their names, and the folder that has them. */
export interface MeasureWeightsJob {
  readonly methods: readonly string[];
  readonly models: string | undefined;
}

/** A machine that takes longer has other worries. */
const longestMs = 60_000;

/**
 * Measures the processor time that weights take to analyse a small photo on one thread, in a process of its own: there no
 * other work counts, a server answers meanwhile, and no memory stays behind.
 *
 * @returns undefined where that process cannot be started or fails.
 */
export async function measureWeights(job: MeasureWeightsJob): Promise<AnalysisTimes | undefined> {
  let times: AnalysisTimes | undefined;
  await new Promise<void>((resolve) => {
    const child = fork(new URL("./measure-weights-process.js", import.meta.url), {
      timeout: longestMs,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("message", (message: AnalysisTimes) => {
      times = message;
    });
    child.on("error", () => resolve());
    child.on("close", () => resolve());
    // A process that could not be started says so by its error.
    child.send(job, () => undefined);
  });
  return times;
}
