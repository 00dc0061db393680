import { KindlingError } from "@kindling/node";
import { Command } from "commander";
import type { z } from "zod";
import { evaluateOptions } from "../options/evaluate-options.ts";
import { checkedModels } from "../options/metric-model-options.ts";
import { addSchemaOptions, checkedOptions } from "../options/schema-options.ts";
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

A model is an ONNX file from picture to picture ([1, 3, height, width], 0 to 1); numbers behind it are its other inputs.
Trained networks run as \`kindling enhance\` runs them; light, denoise and keepHighlights can be set. With --light reference
they take the level from the reference as papers do: KinD its alpha, with reflectance times light; others by exposure.
A folder of results holds files of the dark photos' names, endings aside. Methods run one after the other, each in a
process of its own: seconds are those of the method alone, the first photo done once before the clock starts; memory is
the most that process held resident while it read, enhanced and wrote the photos one by one.
Intervals are 95% bootstrap intervals of the mean. Exit status: 0 all measured, 1 some were not (each is named).`;

/** `kindling evaluate`: methods and folders of results measured on the same photos. Hands its exit status to `done`. */
export function evaluateCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("evaluate")
    .summary("measure methods against each other")
    .description("Runs methods on a set of photos and measures their results, with those of others beside them.")
    .argument(
      "<methods...>",
      "methods, with settings as in clahe:clipLimit=3,tiles=4, ONNX models, and folders of results",
    );
  return addSchemaOptions(command, evaluateOptions)
    .addHelpText("after", notes)
    .action(async (methods: string[], values: object) =>
      done(await runEvaluation(methods, checkedOptions(evaluateOptions, values))),
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
      models: checkedModels(options),
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
