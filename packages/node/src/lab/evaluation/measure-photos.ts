import { availableParallelism } from "node:os";
import { KindlingError } from "@kindling/core";
import type { MeasuredPhoto, PhotoResults } from "@kindling/lab/internal";
import { Piscina } from "piscina";
import { MemoryGate } from "../../batch/memory-gate.ts";
import { peekPixelCount } from "../../photo/peek.ts";
import { disableTelemetry } from "../../runtime/disable-telemetry.ts";
import type { MetricModelFiles } from "./metric-models.ts";

/** The work of a measuring thread: one photo with all its results. */
export interface MeasureJob {
  readonly photo: PhotoResults;
  readonly models: MetricModelFiles;
  readonly maxMegapixels: number;
}

/**
 * Measures photos on worker threads, as many at a time as cores and memory allow.
 *
 * @throws {KindlingError} `cancelled` after an abort.
 */
export async function measurePhotos(
  photos: readonly PhotoResults[],
  options: Omit<MeasureJob, "photo">,
  signal: AbortSignal,
  onPhoto: () => void,
): Promise<MeasuredPhoto[]> {
  // The threads may load a network for a metric.
  disableTelemetry();
  const pool = new Piscina<MeasureJob, MeasuredPhoto>({
    filename: new URL("./measure-worker.js", import.meta.url).href,
    name: "measureOnWorker",
    maxThreads: Math.min(availableParallelism(), photos.length),
  });
  const gate = new MemoryGate(process.availableMemory());
  // One listener for all photos: the signal as an option of each run would add hundreds.
  const stop = () => void pool.destroy();
  signal.addEventListener("abort", stop);
  const cancelError = (cause?: unknown) =>
    new KindlingError("cancelled", "Cancelled before it was finished.", { cause });
  try {
    const measured = await Promise.all(
      photos.map(async (photo) => {
        const leave = await gate.enter((await peekPixelCount(photo.original)) ?? 0);
        try {
          return await pool.run({ photo, ...options });
        } finally {
          leave();
          onPhoto();
        }
      }),
    );
    if (signal.aborted) throw cancelError();
    return measured;
  } catch (error) {
    if (signal.aborted) throw cancelError(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await pool.destroy();
  }
}
