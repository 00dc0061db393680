import { availableParallelism } from "node:os";
import type { FusionWeights } from "@kindling/core";
import type { BatchReporter, BatchSummary } from "../../batch/batch-reporter.ts";
import { runBatch } from "../../batch/run-batch.ts";
import { version } from "../../version.ts";
import { planScenes } from "./plan-scenes.ts";
import type { FusedScene } from "./scene-pair.ts";
import { requireOwnTable, writeSceneTable } from "./scene-table.ts";

/** Options of `fuseScenes`. */
export interface FuseScenesOptions {
  /** Folder for the pairs: `low/`, `normal/` and `pairs.csv`. */
  readonly out: string;
  readonly weights?: FusionWeights;
  /** File format of the fused pictures, both lossless; default png. */
  readonly format?: "png" | "webp";
  /** Scenes of fewer frames are failures; default 3. */
  readonly leastFrames?: number;
  /** Leaves frames out of the table whose mean luma is above 1.1 times that of the fused picture; default false. */
  readonly skipBrighter?: boolean;
  /** Larger photos fail; default 200. */
  readonly maxMegapixels?: number;
  /** Scenes fused at the same time; default one a processor core. */
  readonly jobs?: number;
  /** Whether pairs may replace files that are not results of earlier runs; default false. */
  readonly overwrite?: boolean;
  /** Called with the number of photos read and that of all, while scenes are looked for. */
  readonly onRead?: ((done: number, total: number) => void) | undefined;
  /** Receives progress, results and failures; it counts scenes. */
  readonly reporter?: BatchReporter<FusedScene> | undefined;
  /** Abort it to stop: scenes in work are dropped; finished ones stay and get their rows in the table. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds the scenes of a folder of exposure brackets by the agreement of their edges, and fuses each into the well exposed
 * picture of pairs: the frames are the dark ones. Scenes that an earlier call fused with the same settings are kept.
 *
 * Frames of a scene must follow each other in the order of their names, or agree closely. They are not aligned. Splits
 * come from a `pairs.csv` in the folder or the one above, else all scenes belong to `train`.
 *
 * @throws {KindlingError} `not-found` or `unreadable` for the folder; `exists` where a table there was made by another
 * program; `cancelled` while the photos are read.
 * @example
 * const { finished } = await fuseScenes("brackets", { out: "pairs", skipBrighter: true, signal });
 */
export async function fuseScenes(folder: string, options: FuseScenesOptions): Promise<BatchSummary> {
  const { out, weights = {}, format = "png", leastFrames = 3, skipBrighter = false, maxMegapixels = 200 } = options;
  const { jobs = availableParallelism(), overwrite = false, onRead = () => undefined, reporter = {} } = options;
  const { signal = new AbortController().signal } = options;
  await requireOwnTable(out, overwrite);
  const plan = await planScenes(folder, { out, format, leastFrames, maxMegapixels, signal, onRead });
  const luma = new Map<string, number>();
  return runBatch(plan, out, {
    worker: { file: new URL("./fuse-worker.js", import.meta.url), name: "fuseOnWorker" },
    treatment: { weights, format, maxMegapixels },
    settings: { version, work: "fuse", weights, format },
    jobs,
    overwrite,
    reporter: {
      notice: (path, message) => reporter.notice?.(path, message),
      start: (photos, doneBefore) => reporter.start?.(photos, doneBefore),
      progress: (photos) => reporter.progress?.(photos),
      finish: (input, output, result: FusedScene) => {
        luma.set(output, result.meanLuma);
        reporter.finish?.(input, output, result);
      },
      fail: (input, code, message) => reporter.fail?.(input, code, message),
      end: (known) => reporter.end?.(known),
    },
    signal,
    conclude: (finished) => writeSceneTable(out, finished, luma, skipBrighter),
  });
}
