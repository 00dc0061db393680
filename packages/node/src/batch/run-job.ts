import { KindlingError } from "@kindling/core";
import { limitCodecThreads } from "../photo/codec-threads.ts";
import { shareNativeState } from "../runtime/native-code.ts";
import type { Job, JobOutcome } from "./job.ts";

/** Does one job on a worker thread: cancels it on request and returns failures as code and message. */
export async function runJob<Photo extends { readonly input: string }, Treatment, Result>(
  job: Job<Photo, Treatment>,
  work: (job: Job<Photo, Treatment>, signal: AbortSignal) => Promise<Result>,
): Promise<JobOutcome<Result>> {
  const cancelling = new AbortController();
  job.port.on("message", () => cancelling.abort());
  try {
    // Loads libvips, while the thread is not stopped yet: Node 20 does not survive that while it loads modules.
    await limitCodecThreads(job.threads);
    shareNativeState(job.native);
    return { ok: true, result: await work(job, cancelling.signal) };
  } catch (error) {
    const known = explainError(job.photo.input, error);
    return { ok: false, code: known.code, message: known.message };
  } finally {
    job.port.close();
  }
}

function explainError(input: string, error: unknown): KindlingError {
  if (error instanceof KindlingError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /allocation failed|Invalid typed array length/i.test(reason)) {
    return new KindlingError(
      "out-of-memory",
      `${input}: not enough memory for this photo. Lower --jobs, or close other programs.`,
    );
  }
  return new KindlingError("internal", `${input}: ${reason}. This should not happen: please report it with the photo.`);
}
