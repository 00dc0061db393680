import { KindlingError, strengthNames } from "@kindling/node";
import { requireFree } from "@kindling/node/internal";
import { evaluate, parseCandidates, writeEvaluation } from "@kindling/node/lab";
import type { Command } from "commander";
import type { z } from "zod";
import { evaluateOptions } from "../options/evaluate-options.ts";
import { checkModels } from "../options/metric-model-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { openEvaluationBar } from "../report/evaluation-bar.ts";
import { printEvaluation } from "../report/print-evaluation.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling evaluate lime gamma clahe:clipLimit=3 --pairs lol/eval15 --html report.html
  kindling evaluate lime results/kind results/retinexnet --pairs data --split val --baseline results/kind
  kindling evaluate kind kind:light=3,denoise=0.5 gladnet lime --pairs data --light reference
  kindling evaluate kind lime --pairs data --count 10          ten pairs, evenly spread over the data
  kindling evaluate lime gladnet.onnx kind.onnx:ratio=5 --pairs data
  kindling evaluate lime msrcr --photos dark/ --niqe-model niqe.safetensors
  kindling evaluate lime msrcr mine.onnx --photos dark/ --known before.json   runs mine.onnx alone

A model is an ONNX file from picture to picture ([1, 3, height, width], 0 to 1); numbers after its name are its other inputs.
Trained networks run as in \`kindling enhance\` and take the settings ${["light", ...strengthNames].join(", ")}. 
With --light reference the level comes from the reference, as in papers: kind takes its alpha from the reference's
illumination, other methods reach the reference's mean luminance.
A folder of results holds files with the names of the dark photos; extensions may differ. Methods run one after the other,
each in its own process. Seconds exclude reading, writing and one warm-up run of the first photo; memory is the peak
resident memory of the process while it reads, enhances and writes the photos one by one.
Intervals are 95% bootstrap intervals of the mean. Exit status: 0 all measured, 1 some not (each is named).`;

/** Defines `kindling evaluate`: measures methods and folders of results on the same photos. */
export function defineEvaluate(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Runs methods on a set of photos and measures their results, and results of other programs.")
    .argument(
      "<methods...>",
      "methods, with settings as in clahe:clipLimit=3,tiles=4, ONNX models, and folders of results",
    );
  addSchemaOptions(command, evaluateOptions)
    .addHelpText("after", notes)
    .action(async (methods: string[], values: object) =>
      exitWith(await runEvaluation(methods, checkOptions(evaluateOptions, values))),
    );
}

async function runEvaluation(words: readonly string[], options: z.infer<typeof evaluateOptions>): Promise<number> {
  const data = dataOf(options);
  if (options.light === "reference" && data.kind === "photos") {
    throw new KindlingError("invalid-option", "--light reference: photos have no reference. Give --pairs.");
  }
  // Before the work, which can take hours.
  for (const file of [options.html, options.markdown, options.csv]) {
    if (file !== undefined) await requireFree(file, options.overwrite);
  }
  const candidates = await parseCandidates(words, options.models);
  const labels = candidates.map(({ label }) => label);
  const baseline = options.baseline ?? labels[0] ?? "";
  if (!labels.includes(baseline)) {
    throw new KindlingError("invalid-option", `--baseline ${baseline}: expected one of ${labels.join(", ")}.`);
  }
  const bar = openEvaluationBar();
  return runInterruptibly(async (signal) => {
    const outcome = await evaluate({
      candidates,
      baseline,
      data,
      known: options.known,
      atReferenceLight: options.light === "reference",
      networks: { device: options.device, models: options.models, maxMemoryBytes: options.maxMemory },
      models: checkModels(options),
      withPreviews: options.html !== undefined,
      maxMegapixels: options.maxMegapixels,
      signal,
      onProgress: bar.show,
    }).finally(bar.stop);
    const command = `kindling ${process.argv.slice(2).join(" ")}`;
    await writeEvaluation(outcome, { ...options, command });
    if (options.known !== undefined) {
      console.error(
        `${options.known}: its methods were not run again; photos are known by their names, not by their contents.`,
      );
    }
    printEvaluation(outcome.evaluation, options.json);
    return outcome.evaluation.failures.length > 0 ? 1 : 0;
  });
}

function dataOf({ pairs, photos, split, count }: z.infer<typeof evaluateOptions>) {
  if (pairs !== undefined && photos === undefined) return { kind: "pairs", source: pairs, split, count } as const;
  if (photos !== undefined && pairs === undefined && split === undefined) {
    return { kind: "photos", source: photos, count } as const;
  }
  throw new KindlingError("invalid-option", "Give either --pairs (and --split if needed) or --photos.");
}
