import { availableParallelism } from "node:os";
import { parseWord } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions, wholeNumber } from "./batch-options.ts";

const positive = z.coerce.number().refine((n) => n > 0 && Number.isFinite(n), { error: "expected a number above 0" });

/** A number for all stages, or one for each by name: `5000`, `decomposition=5000,adjustment=2000`, or a map in a file. */
function perStage(number: z.ZodType<number>) {
  return z.preprocess(
    byStage,
    z
      .union([number, z.record(z.string(), number)], {
        error: "expected a number, or numbers by stage as in decomposition=10,adjustment=20",
      })
      .optional(),
  );
}

function byStage(value: unknown): unknown {
  if (typeof value !== "string" || !value.includes("=")) return value;
  return Object.fromEntries(value.split(",").map((part) => part.split("=").map((word) => word.trim())));
}

/** One folder as it stands in a file, or several. */
const folders = z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.string()).default([]));

/** A setting of a loss as it is typed: a number, or the name of a choice. */
function parseLossSetting(text: string): [name: string, value: number | string] {
  const [name, value] = parseWord(text, "--loss", "name=value, such as targetPower=1.2");
  const number = Number(value);
  return [name, Number.isNaN(number) ? value : number];
}

/** Numbers and choices by name: a map in a file, `name=value` words on the command line. */
const settingsByName = z.preprocess(
  (value) => (Array.isArray(value) ? Object.fromEntries(value.map((text) => parseLossSetting(String(text)))) : value),
  z.record(z.string(), z.union([z.number(), z.string()])).optional(),
);

/**
 * The options of `kindling train`: the same on the command line and in a file of settings. The defaults are the
 * laboratory's, written again because the laboratory is not loaded for other commands or for help.
 */
export const trainOptions = z.strictObject({
  pairs: folders.meta({
    flags: "--pairs <data...>",
    description: "folders with low/ and normal/ (or high/), with a pairs.csv, or such CSV files",
  }),
  split: z.string().optional().meta({
    flags: "--split <name>",
    description: "only the pairs of this split (default: train where --validate names a split, else all)",
  }),
  repeat: z.array(wholeNumber(1, 10_000)).default([]).meta({
    flags: "--repeat <times...>",
    description: "how often an epoch holds the scenes of each of --pairs (default: once)",
  }),
  dark: folders.meta({ flags: "--dark <folder...>", description: "dark photos, for enlightengan" }),
  normal: folders.meta({ flags: "--normal <folder...>", description: "good photos of other scenes" }),
  out: z.string().default("run").meta({ flags: "-o, --out <folder>", description: "folder of the run" }),
  stage: z.string().optional().meta({ flags: "--stage <name>", description: "train this stage alone" }),
  from: z.string().optional().meta({
    flags: "--from <file>",
    description: "begin with these weights: another run's checkpoint.safetensors, or an ONNX model",
  }),
  steps: perStage(wholeNumber(1, 16_000_000)).meta({ flags: "--steps <n>", description: "steps of a stage" }),
  batch: perStage(wholeNumber(1, 4096)).meta({ flags: "--batch <n>", description: "pairs of a step" }),
  crop: perStage(wholeNumber(8, 4096)).meta({ flags: "--crop <px>", description: "side of the square crops" }),
  rate: perStage(positive).meta({ flags: "--rate <lr>", description: "learning rate to begin with" }),
  schedule: z
    .enum(["own", "constant", "cosine", "one-cycle"], { error: "expected own, constant, cosine or one-cycle" })
    .default("own")
    .meta({
      flags: "--schedule <name>",
      description: "how the rate goes: own (each stage's), constant, cosine, one-cycle",
    }),
  warmUp: z.coerce
    .number()
    .refine((n) => n >= 0 && n < 1, { error: "expected 0 or more, below 1" })
    .default(0)
    .meta({ flags: "--warm-up <share>", description: "share of the steps in which the rate rises (one-cycle: 0.3)" }),
  clipNorm: positive.optional().meta({
    flags: "--clip-norm <length>",
    description: "shorten gradients that are longer than this, all of a step together",
  }),
  weightDecay: z.coerce.number().nonnegative({ error: "expected 0 or more" }).default(0).meta({
    flags: "--weight-decay <share>",
    description: "what a step takes off every weight, times the rate (AdamW)",
  }),
  average: z.coerce
    .number()
    .refine((n) => n > 0 && n < 1, { error: "expected a number between 0 and 1" })
    .optional()
    .meta({
      flags: "--average <decay>",
      description: "average the weights over the steps, such as 0.999; the average is what is measured and written",
    }),
  loss: settingsByName.meta({
    flags: "--loss <name=value...>",
    description: "settings of the loss, such as targetPower=1.2 or tone=encoded; docs/TRAINING.md lists them",
  }),
  seed: wholeNumber(0, 2 ** 32 - 1)
    .default(1)
    .meta({ flags: "--seed <n>", description: "decides first weights, order, crops and turns" }),
  perceptual: z.string().optional().meta({
    flags: "--perceptual <model>",
    description:
      "by whose features enlightengan compares: SqueezeNet's weights (.safetensors), or ONNX of BGR, 0 to 255",
  }),
  perceptualLayer: z.string().optional().meta({
    flags: "--perceptual-layer <name>",
    description: "its output or tensor to compare, such as relu5_1 (default for SqueezeNet: fire5)",
  }),
  validate: z.string().optional().meta({
    flags: "--validate <data>",
    description: "a split of --pairs, such as val, or a folder of pairs: measured every so often",
  }),
  validateEvery: wholeNumber(1, 1e8)
    .default(500)
    .meta({ flags: "--validate-every <n>", description: "steps between validations and new reports" }),
  validationPairs: wholeNumber(1, 1000)
    .default(4)
    .meta({ flags: "--validation-pairs <n>", description: "pairs that are measured, evenly spread" }),
  validationSide: wholeNumber(11, 100_000)
    .default(384)
    .meta({ flags: "--validation-side <px>", description: "larger validation pictures are cut to their middle" }),
  checkpointMinutes: z.coerce
    .number()
    .nonnegative({ error: "expected 0 or more" })
    .default(3)
    .meta({ flags: "--checkpoint-minutes <n>", description: "minutes between checkpoints; 0 for one every step" }),
  device: z
    .enum(["cpu", "webgpu"], { error: "expected cpu or webgpu" })
    .default("cpu")
    .meta({ flags: "--device <device>", description: "cpu or webgpu" }),
  threads: wholeNumber(1, 256)
    .default(() => availableParallelism())
    .meta({ flags: "-j, --threads <n>", description: "threads of a step on the processor" }),
  json: batchOptions.json,
});

/** Checked options of `kindling train`. */
export type TrainOptions = z.infer<typeof trainOptions>;

/** The options that may change when a run is resumed: none decides what is learnt. */
export const changeableOnResume: readonly (keyof TrainOptions)[] = [
  "out",
  "validateEvery",
  "validationPairs",
  "validationSide",
  "checkpointMinutes",
  "json",
];
