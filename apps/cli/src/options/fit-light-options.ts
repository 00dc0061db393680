import { networkOptions, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";

/** The options of `kindling fit-light`. */
export const fitLightOptions = z.strictObject({
  pairs: z.array(z.string()).default([]).meta({
    flags: "--pairs <data>",
    description: "a folder with low/ and normal/ (or high/), one with a pairs.csv, or such a CSV file; repeatable",
  }),
  split: z.string().default("train").meta({ flags: "--split <name>", description: "fit to the pairs of this split" }),
  validate: z.string().optional().meta({
    flags: "--validate <name>",
    description: "also measure the fit on the pairs of this split, such as val",
  }),
  bright: z.boolean().default(false).meta({
    flags: "--bright",
    description: "also learn that a level of 1 suits the bright photos, for networks that leave a photo as it is at 1",
  }),
  most: wholeNumber(1, 1e9).optional().meta({
    flags: "--most <n>",
    description: "pairs of each data set at most, evenly spread (default: all)",
  }),
  models: z.string().default("models").meta({
    flags: "--models <folder>",
    description: "folder of models that the network is in; its manifest is changed",
  }),
  device: networkOptions.device,
  threads: wholeNumber(1, 256)
    .default(1)
    .meta({ flags: "-j, --threads <n>", description: "threads of the network on the processor" }),
  dryRun: z.boolean().default(false).meta({ flags: "--dry-run", description: "print figures, change no file" }),
  json: z.boolean().default(false).meta({ flags: "--json", description: "print figures as a JSON object" }),
});
