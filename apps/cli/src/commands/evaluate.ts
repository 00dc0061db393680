import { KindlingError } from "@kindling/node";
import { Command } from "commander";
import type { z } from "zod";
import { evaluateOptions } from "../options/evaluate-options.ts";
import { checkModels } from "../options/metric-model-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { openEvaluationBar } from "../report/evaluation-bar.ts";
import { printEvaluation } from "../report/print-evaluation.ts";
import { interruptible } from "./interruptible.ts";

const notes = `
Examples:
  kindling evaluate lime gamma clahe:clipLimit=3 --pairs lol/eval15 --html report.html
  kindling evaluate lime results/kind results/retinexnet --pairs data --split val --baseline results/kind
  kindling evaluate kind kind:light=3,denoise=0.5 gladnet lime --pairs data --light reference
  kindling evaluate lime gladnet.onnx kind.onnx:ratio=5 --pairs data
  kindling evaluate lime msrcr --photos dark/ --niqe-model niqe.safetensors

A model is an ONNX file from picture to picture ([1, 3, height, width], 0 to 1); numbers after its name are its other inputs.
Trained networks run as in \`kindling enhance\`; light, denoise and keepHighlights are settings of theirs. With --light
reference the level comes from the reference, as in papers: KinD's alpha, with reflectance times light; others by exposure.
A folder of results holds files with the names of the dark photos; endings may differ. Methods run one after the other,
each in its own process. Seconds are those of the method alone, after one run of the first photo to warm up; memory is the
peak resident memory of the process while it reads, enhances and writes the photos one by one.
Intervals are 95% bootstrap intervals of the mean. Exit status: 0 all measured, 1 some not (each is named).`;

/** `kindling evaluate`: measures methods and folders of results on the same photos. Passes its exit status to `done`. */
export function evaluateCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("evaluate")
    .summary("measure methods against each other")
    .description("Runs methods on a set of photos and measures their results and those of other programs.")
    .argument(
      "<methods...>",
      "methods, with settings as in clahe:clipLimit=3,tiles=4, ONNX models, and folders of results",
    );
  return addSchemaOptions(command, evaluateOptions)
    .addHelpText("after", notes)
    .action(async (methods: string[], values: object) =>
      done(await runEvaluation(methods, checkOptions(evaluateOptions, values))),
    );
}

async function runEvaluation(words: readonly string[], options: z.infer<typeof evaluateOptions>): Promise<number> {
  const data = dataOf(options);
  if (options.light === "reference" && data.kind === "photos") {
    throw new KindlingError("invalid-option", "--light reference: photos have no reference. Give --pairs.");
  }
  // Imported here, so that other commands start without the laboratory.
  const { evaluate, parseCandidates, writeEvaluation } = await import("@kindling/node/lab");
  const candidates = await parseCandidates(words, options.models);
  const labels = candidates.map(({ label }) => label);
  const baseline = options.baseline ?? labels[0] ?? "";
  if (!labels.includes(baseline)) {
    throw new KindlingError("invalid-option", `--baseline ${baseline}: expected one of ${labels.join(", ")}.`);
  }
  const bar = openEvaluationBar();
  return interruptible(async (signal) => {
    const outcome = await evaluate({
      candidates,
      baseline,
      data,
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
    await printEvaluation(outcome.evaluation, options.json);
    return outcome.evaluation.failures.length > 0 ? 1 : 0;
  });
}

function dataOf({ pairs, photos, split }: z.infer<typeof evaluateOptions>) {
  if (pairs !== undefined && photos === undefined) return { kind: "pairs", source: pairs, split } as const;
  if (photos !== undefined && pairs === undefined && split === undefined) {
    return { kind: "photos", source: photos } as const;
  }
  throw new KindlingError("invalid-option", "Give either --pairs (with --split if you like) or --photos.");
}
