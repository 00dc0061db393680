import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ShotRanges } from "@kindling/lab";
import type { BatchReporter, BatchSummary } from "../../batch/batch-reporter.ts";
import { runBatch } from "../../batch/run-batch.ts";
import { version } from "../../version.ts";
import type { DarkPair } from "./dark-pair.ts";
import { drawContactSheet } from "./draw-contact-sheet.ts";
import { readPairTable, writePairTable } from "./pair-table.ts";
import { planDrawnPairs } from "./plan-drawn-pairs.ts";
import { planPairs } from "./plan-pairs.ts";
import { planViews } from "./plan-views.ts";

/** Options of `synthesise`. */
export interface SynthesiseOptions {
  /** Folder for the pairs: `low/`, `normal/`, `pairs.csv` and `contact-sheet.jpg`. */
  readonly out: string;
  /** Ranges for drawing the circumstances of each dark photo. */
  readonly ranges: ShotRanges;
  /** Seed of the circumstances; default 1. */
  readonly seed?: number;
  /** Dark versions of each photo; default 1. */
  readonly versions?: number;
  /** A Radiance panorama (`.hdr`), or a folder of them; default none. */
  readonly panoramas?: string | undefined;
  /** Pairs of each panorama; default 10. */
  readonly views?: number;
  /** Longer side of views of panoramas in pixels; default 384. */
  readonly viewSide?: number;
  /** Pairs of frames without a scene: black, noise, even, paper; default 0. */
  readonly blankFrames?: number;
  /** Pairs of lights in the dark that stay as they are; default 0. */
  readonly lampScenes?: number;
  /** File format of the pairs, both lossless; default png. */
  readonly format?: "png" | "webp";
  /** Photos whose longer side (px) is above it are reduced to it first; default: none are. */
  readonly side?: number | undefined;
  /** Pairs on the contact sheet, 0 for no sheet; default 12. */
  readonly sheet?: number;
  /** Larger photos fail; default 200. */
  readonly maxMegapixels?: number;
  /** Photos processed at the same time; default one a processor core. */
  readonly jobs?: number;
  /** Whether pairs may replace files that are not results of earlier runs; default false. */
  readonly overwrite?: boolean;
  /** Receives progress, results and the failures of single photos. */
  readonly reporter: BatchReporter<DarkPair>;
  /** Abort it to stop: photos in work are dropped; finished pairs stay and get their rows in the table. */
  readonly signal: AbortSignal;
}

/**
 * Makes dark versions of good photos (files, folders and globs), views of panoramas and pairs of plain scenes on worker
 * threads, with a table and a contact sheet. It skips pairs that an earlier call finished with the same settings.
 *
 * @throws {KindlingError} `invalid-option` where `out` names a photo; `exists` where a file there was made by another
 * program.
 * @example
 * import type { ShotRanges } from "@kindling/lab";
 * import type { BatchReporter } from "@kindling/node";
 * declare const ranges: ShotRanges;
 * declare const reporter: BatchReporter<DarkPair>;
 * await synthesise(["good-photos"], { out: "pairs", ranges, reporter, signal });
 */
export async function synthesise(inputs: readonly string[], options: SynthesiseOptions): Promise<BatchSummary> {
  const { out, ranges, seed = 1, versions = 1, blankFrames = 0, lampScenes = 0, format = "png", side } = options;
  const { panoramas, views = 10, viewSide = 384 } = options;
  const { sheet = 12, maxMegapixels = 200, jobs = availableParallelism(), overwrite = false } = options;
  const { reporter, signal } = options;
  const treatment = { ranges, seed, format, side, maxMegapixels, viewSide };
  // `maxMegapixels` does not change a result.
  const settings = { version, work: "synth", ranges, seed, format, side, viewSide };
  const sheetPath = join(out, "contact-sheet.jpg");
  await readPairTable(out, sheetPath, overwrite);
  const ofPhotos = await planPairs(inputs, out, format, versions);
  const ofViews = panoramas === undefined ? [] : await planViews(panoramas, out, format, views);
  const drawn = planDrawnPairs(out, format, { blankFrames, lampScenes });
  const plan = { ...ofPhotos, photos: [...ofPhotos.photos, ...ofViews, ...drawn] };
  return runBatch(plan, out, {
    worker: { file: new URL("./darken-worker.js", import.meta.url), name: "makePairOnWorker" },
    treatment,
    settings,
    jobs,
    overwrite,
    reporter,
    signal,
    conclude: async (finished, summary) => {
      // Read again: another run may have added to it while this one waited for it.
      const earlier = await readPairTable(out, sheetPath, overwrite);
      await writePairTable(out, earlier, plan.photos, finished, treatment);
      if (summary.finished > 0 && !signal.aborted) await drawContactSheet(sheetPath, finished, sheet, treatment);
    },
  });
}
