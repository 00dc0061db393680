import { fork } from "node:child_process";
import { KindlingError } from "@kindling/core";
import type { EngineResult, EngineRun } from "@kindling/lab/internal";
import type { RunJob, RunReport } from "./run-job.ts";

/**
 * Runs an engine on photos in a process of its own, one photo at a time.
 *
 * Call it while this process uses little memory: on Linux a child's peak memory starts at its parent's.
 *
 * @throws {KindlingError} `cancelled` after an abort, which also stops the process.
 */
export async function runEngine(job: RunJob, signal: AbortSignal, onPhoto: () => void): Promise<EngineRun> {
  const child = fork(new URL("./run-process.js", import.meta.url), {
    signal,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const outcomes = new Map<number, Exclude<RunReport, { peakMemoryBytes: number } | { atReferenceLight: true }>>();
  const relit = new Set<number>();
  let peakMemoryBytes: number | undefined;
  child.on("message", (report: RunReport) => {
    if ("peakMemoryBytes" in report) peakMemoryBytes = report.peakMemoryBytes;
    else if ("atReferenceLight" in report) relit.add(report.index);
    else {
      outcomes.set(report.index, report);
      onPhoto();
    }
  });
  child.send(job);
  const ending = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, killedBy) => resolve(killedBy ?? `exit status ${status}`));
  });
  if (signal.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.");
  const photos = job.photos.map(({ input, output, atReferenceLight }, index): EngineResult => {
    const outcome = outcomes.get(index);
    if (outcome && "seconds" in outcome) {
      const { seconds, megapixels } = outcome;
      const relitFile = relit.has(index) ? atReferenceLight?.output : undefined;
      return { file: output, atReferenceLight: relitFile, seconds, megapixels };
    }
    const message = `${input}: the process of ${job.label} ended before this photo (${ending}). Is there enough memory?`;
    return outcome ?? { code: "internal", message };
  });
  return { photos, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }) };
}
