import { join } from "node:path";
import type { Range } from "@kindling/lab";
import type { z } from "zod";
import { Journal } from "../batch/journal.ts";
import { isFinished, runBatch } from "../batch/run-batch.ts";
import { rangeOf, type synthOptions } from "../commands/synth-options.ts";
import type { BatchWords } from "../report/reporter.ts";
import { reporterFor } from "../report/reporter-for.ts";
import { version } from "../version.ts";
import type { DarkPair, PairTreatment, PlannedPair } from "./dark-pair.ts";
import { drawContactSheet } from "./draw-contact-sheet.ts";
import { readPairTable, writePairTable } from "./pair-table.ts";
import { planPairs } from "./plan-pairs.ts";

const words: BatchWords<DarkPair> = {
  done: "darkened",
  line: (input, output, { exposureEv, iso, kelvin, seconds }) =>
    `${input} -> ${output}  ${exposureEv.toFixed(1)} EV, ISO ${iso}, ${kelvin} K  (${seconds.toFixed(1)} s)`,
};

/**
 * Makes the pairs, their table and their contact sheet, and gives the exit status.
 *
 * The table also comes when the run is stopped, for what is finished by then.
 */
export async function synthesise(
  inputs: readonly string[],
  options: z.infer<typeof synthOptions>,
  signal: AbortSignal,
): Promise<number> {
  const { out, jobs, overwrite, json, sheet, versions, maxMegapixels, format, seed } = options;
  const treatment: PairTreatment = { ranges: rangesOf(options), seed, format, maxMegapixels };
  // How many megapixels are allowed does not change a pixel.
  const settings = { version, work: "synth", ranges: treatment.ranges, seed, format };
  const sheetPath = join(out, "contact-sheet.jpg");
  const earlier = await readPairTable(out, sheetPath, overwrite);
  const plan = await planPairs(inputs, out, format, versions);
  const summary = await runBatch(plan, out, {
    worker: { file: new URL("./darken-worker.js", import.meta.url), name: "darkenOnWorker" },
    treatment,
    settings,
    jobs,
    overwrite,
    reporter: reporterFor(json, words),
    signal,
  });
  const journal = await Journal.open(out, settings);
  const finished: PlannedPair[] = [];
  for (const pair of plan.photos) if (await isFinished(journal, pair)) finished.push(pair);
  await writePairTable(out, earlier, plan.photos, finished, treatment);
  if (summary.finished > 0 && !signal.aborted) await drawContactSheet(sheetPath, finished, sheet, treatment);
  return summary.failed > 0 ? 1 : 0;
}

function rangesOf(options: z.infer<typeof synthOptions>): PairTreatment["ranges"] {
  const range = (text: string): Range => rangeOf(text) ?? [Number.NaN, Number.NaN];
  return {
    exposureEv: range(options.ev),
    iso: range(options.iso),
    kelvin: range(options.kelvin),
    adaptation: range(options.adaptation),
    balanceErrorPercent: range(options.balanceError),
    cornerAngleDegrees: range(options.vignetting),
    highlightStops: range(options.highlights),
    jpegQuality: range(options.quality),
  };
}
