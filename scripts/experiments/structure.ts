import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SearchResult } from "@kindling/lab";
import { searchOnDisk } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import { type Experiment, type ExperimentRun, figureFile } from "./experiment.ts";

const training = { steps: 300, batch: 8, crop: 64, validateEvery: 50 };

const grid = { v: [[300], [1, 10, 100], [1, 10, 100, 300]], K: [6, 10, 14] };

/** The folder's report, beside the figures. */
const report = "structure-search.html";

/** MSR-Net's table over its scales and layers, by `kindling search`: arXiv 1711.02488, section 4. */
export const structure: Experiment = {
  name: "structure",
  title: "MSR-Net's scales and layers",
  run,
};

async function run({ pairs, count, figures }: ExperimentRun) {
  const out = mkdtempSync(join(tmpdir(), "kindling-structure-"));
  const { trials } = await searchOnDisk({
    ...{ system: findSystem("msr-net"), out, grid, ...training },
    ...{ pairs: [pairs], split: "train", validate: "val", validationPairs: count },
    report: (event) => {
      if (event.event === "trial") console.log(`  ${event.result.name}: ${event.done} of ${event.trials}`);
    },
  });
  // The report has the folder of the pairs as it is on this machine.
  const page = readFileSync(join(out, "search.html"), "utf8").replaceAll(resolve(pairs), pairs);
  writeFileSync(figureFile(figures, report), page);
  rmSync(out, { recursive: true });
  const sorted = trials.toSorted((a, b) => a.parameters - b.parameters);
  return {
    about: `\`kindling search msr-net --grid v=300,1:10:100,1:10:100:300 K=6,10,14\` on the training pairs of \`${pairs}\`: ${training.steps} steps each (${training.batch} crops of ${training.crop} px), measured on ${count} validation pairs, cropped. n scales v of the logarithms, K convolutions in the difference part; the paper has n=4, K=10. [The search's report](experiments/${report}) has its plots; here the PSNR as the trainings go on: one training crosses another from validation to validation, so half a decibel says little.`,
    head: ["v", "K", "parameters", "PSNR, dB", "SSIM", "GT-mean PSNR, dB"],
    rows: sorted.map((trial) => [...structureOf(trial), trial.parameters.toLocaleString("en"), ...measuresOf(trial)]),
    lines: sorted.map(({ name, validations }) => ({
      name,
      points: validations.map(({ step, psnr }) => ({ x: step, y: psnr })),
    })),
    across: "steps",
    up: "PSNR (dB)",
  };
}

type Trial = SearchResult["trials"][number];

function structureOf({ values }: Trial): readonly string[] {
  return [String(values["v"]).replaceAll(",", ", "), String(values["K"])];
}

function measuresOf({ validations, state }: Trial): readonly string[] {
  const last = validations.at(-1);
  return last ? [last.psnr.toFixed(2), last.ssim.toFixed(3), last.gtMeanPsnr.toFixed(2)] : [state, "", ""];
}
