import { availableParallelism } from "node:os";
import { parseSettingValue, type SettingValue, trainingDefaults } from "@kindling/lab";
import { parseWord, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";

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

/** Several folders, or one as a text in a file. */
const folders = z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(z.string()).default([]));

/** A setting of a recipe as it is typed. */
function parseSetting(text: string): [name: string, value: SettingValue] {
  const [name, value] = parseWord(text, "--set", "name=value, such as K=6, tone=encoded or v=1:10:100");
  return [name, parseSettingValue(value)];
}

/** Values by name: a map in a file, `name=value` words on the command line. */
const settingsByName = z.preprocess(
  (value) => (Array.isArray(value) ? Object.fromEntries(value.map((text) => parseSetting(String(text)))) : value),
  z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())])).optional(),
);

/** The options of `kindling train`: the same on the command line and in a file of settings. */
export const trainOptions = z.strictObject({
  pairs: folders.meta({
    flags: "--pairs <data...>",
    description: "folders with low/ and normal/ (or high/), with a pairs.csv, or such CSV files",
  }),
  split: z.string().optional().meta({
    flags: "--split <name>",
    description: "only the pairs of this split (default: train if --validate names a split, else all)",
  }),
  repeat: z.array(wholeNumber(1, 10_000)).default([]).meta({
    flags: "--repeat <times...>",
    description: "how often an epoch repeats the scenes of each of --pairs (default: once)",
  }),
  dark: folders.meta({
    flags: "--dark <folder...>",
    description: "dark photos, for networks that learn without pairs",
  }),
  normal: folders.meta({
    flags: "--normal <folder...>",
    description: "well exposed photos of other scenes, for the same",
  }),
  out: z.string().default("run").meta({ flags: "-o, --out <folder>", description: "folder of the run" }),
  stage: z.string().optional().meta({ flags: "--stage <name>", description: "train only this stage" }),
  from: z.string().optional().meta({
    flags: "--from <file>",
    description: "initial weights: another run's checkpoint.safetensors, or an ONNX model",
  }),
  steps: perStage(wholeNumber(1, 16_000_000)).meta({
    flags: "--steps <n>",
    description: "steps of each stage, or of some: decomposition=9000,restoration=4000",
  }),
  batch: perStage(wholeNumber(1, 4096)).meta({ flags: "--batch <n>", description: "pairs in a step" }),
  crop: perStage(wholeNumber(8, 4096)).meta({
    flags: "--crop <px>",
    description: "side of the square crops, in pixels",
  }),
  rate: perStage(positive).meta({ flags: "--rate <lr>", description: "initial learning rate" }),
  schedule: z
    .enum(["own", "constant", "cosine", "one-cycle"], { error: "expected own, constant, cosine or one-cycle" })
    .default(trainingDefaults.schedule)
    .meta({
      flags: "--schedule <name>",
      description: "schedule of the rate: own (that of the stage), constant, cosine, one-cycle",
    }),
  warmUp: z.coerce
    .number()
    .refine((n) => n >= 0 && n < 1, { error: "expected 0 or more, below 1" })
    .default(trainingDefaults.warmUp)
    .meta({
      flags: "--warm-up <share>",
      description: "share of the steps in which the rate rises; one-cycle takes 0 as 0.3",
    }),
  clipNorm: positive.optional().meta({
    flags: "--clip-norm <length>",
    description:
      "largest norm of the gradient of a step, over all weights; longer ones are scaled down (default: none)",
  }),
  weightDecay: z.coerce
    .number()
    .nonnegative({ error: "expected 0 or more" })
    .default(trainingDefaults.weightDecay)
    .meta({
      flags: "--weight-decay <share>",
      description: "share of every weight that a step subtracts, times the rate (AdamW)",
    }),
  average: z.coerce
    .number()
    .refine((n) => n > 0 && n < 1, { error: "expected a number between 0 and 1" })
    .optional()
    .meta({
      flags: "--average <decay>",
      description: "decay of a moving average of the weights, such as 0.999; the average is measured and written",
    }),
  preset: z.string().optional().meta({
    flags: "--preset <name>",
    description: "named settings of the network: paper or ours for kind; --set overrides them",
  }),
  set: settingsByName.meta({
    flags: "-s, --set <name=value...>",
    description:
      "settings of the network and its losses, such as K=6, tone=encoded or v=1:10:100; docs/TRAINING.md lists them",
  }),
  seed: wholeNumber(0, 2 ** 32 - 1)
    .default(trainingDefaults.seed)
    .meta({ flags: "--seed <n>", description: "seed of initial weights, order, crops and turns" }),
  perceptual: z.string().optional().meta({
    flags: "--perceptual <model>",
    description:
      "network of the perceptual loss of unpaired training: SqueezeNet's weights (.safetensors), or ONNX of BGR, 0 to 255",
  }),
  perceptualLayer: z.string().optional().meta({
    flags: "--perceptual-layer <name>",
    description: "its output or tensor that the loss compares, such as relu5_1 (default for SqueezeNet: fire5)",
  }),
  validate: z.string().optional().meta({
    flags: "--validate <data>",
    description: "pairs to measure at intervals: a split of --pairs, such as val, or a folder of pairs",
  }),
  validateEvery: wholeNumber(1, 1e8)
    .default(trainingDefaults.validateEvery)
    .meta({ flags: "--validate-every <n>", description: "steps between validations and new reports" }),
  validationPairs: wholeNumber(1, 1000)
    .default(trainingDefaults.validationPairs)
    .meta({ flags: "--validation-pairs <n>", description: "number of pairs to measure, evenly spread" }),
  validationSide: wholeNumber(11, 100_000).default(trainingDefaults.validationSide).meta({
    flags: "--validation-side <px>",
    description: "largest side of validation pictures; larger ones are cropped to their centre",
  }),
  checkpointMinutes: z.coerce
    .number()
    .nonnegative({ error: "expected 0 or more" })
    .default(trainingDefaults.checkpointMinutes)
    .meta({ flags: "--checkpoint-minutes <n>", description: "minutes between checkpoints; 0 saves every step" }),
  device: z
    .enum(["cpu", "webgpu"], { error: "expected cpu or webgpu" })
    .default(trainingDefaults.device)
    .meta({ flags: "--device <device>", description: "device to train on: cpu or webgpu" }),
  threads: wholeNumber(1, 256)
    .default(() => availableParallelism())
    .meta({ flags: "-j, --threads <n>", description: "CPU threads of a step" }),
  json: batchOptions.json,
});

/** Checked options of `kindling train`. */
export type TrainOptions = z.infer<typeof trainOptions>;
