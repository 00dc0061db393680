import { fork } from "node:child_process";
import { type ErrorCode, KindlingError } from "@kindling/node";
import type { RunJob, RunReport } from "./run-job.ts";

interface Timing {
  readonly seconds: number;
  readonly megapixels: number;
}

interface PhotoFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** How one photo went: how long the method took, or what went wrong. */
type PhotoOutcome = (Timing & { readonly hasReferenceLight: boolean }) | PhotoFailure;

/** How a method went. */
export interface MethodOutcome {
  /** In the order of the job's photos. */
  readonly photos: readonly PhotoOutcome[];
  readonly peakMemoryBytes?: number;
}

/**
 * Runs a method over photos in a process of its own, one photo at a time.
 *
 * Start it from a process that is still small: on Linux a child's peak memory begins at that of its parent.
 *
 * @throws {KindlingError} `cancelled` once the signal is raised; the process is stopped.
 */
export async function runMethod(job: RunJob, signal: AbortSignal, onPhoto: () => void): Promise<MethodOutcome> {
  const child = fork(new URL("./run-process.js", import.meta.url), {
    signal,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const outcomes = new Map<number, Timing | PhotoFailure>();
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
  const photos = job.photos.map(({ input }, index): PhotoOutcome => {
    const outcome = outcomes.get(index);
    if (outcome && "seconds" in outcome) return { ...outcome, hasReferenceLight: relit.has(index) };
    const message = `${input}: the process of ${job.label} ended before this photo (${ending}). Is there enough memory?`;
    return outcome ?? { code: "internal", message };
  });
  return { photos, ...(peakMemoryBytes !== undefined && { peakMemoryBytes }) };
}
