import { networkOptions, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions, overwriteOption } from "./batch-options.ts";
import { metricModelOptions } from "./metric-model-options.ts";

/** The options of `kindling evaluate`. */
export const evaluateOptions = z.strictObject({
  pairs: z.string().optional().meta({
    flags: "--pairs <data>",
    description: "a folder with low/ and normal/ (or high/), one with a pairs.csv, or such a CSV file",
  }),
  photos: z.string().optional().meta({
    flags: "--photos <folder>",
    description: "dark photos without references, for LOE and NIQE",
  }),
  split: z.string().optional().meta({
    flags: "--split <name>",
    description: "only the pairs of this split, such as val",
  }),
  count: wholeNumber(1, 1e6).optional().meta({
    flags: "--count <n>",
    description: "so many of the photos or pairs at most, evenly spread (default: all)",
  }),
  baseline: z.string().optional().meta({
    flags: "--baseline <method>",
    description: "method to compare the others with, pair by pair (default: the first)",
  }),
  light: z.enum(["auto", "reference"], { error: "expected auto or reference" }).default("auto").meta({
    flags: "--light <level>",
    description: "auto; reference also runs methods at the reference's light level, reported in separate columns",
  }),
  known: z.string().optional().meta({
    flags: "--known <file>",
    description: "take methods from here that were measured before on the same photos (what --json printed)",
  }),
  ...networkOptions,
  ...metricModelOptions,
  html: z.string().optional().meta({
    flags: "--html <file>",
    description: "write a report in one page: tables, plots and pictures",
  }),
  markdown: z.string().optional().meta({ flags: "--markdown <file>", description: "write the tables as Markdown" }),
  csv: z.string().optional().meta({ flags: "--csv <file>", description: "write the figures of every image as CSV" }),
  withoutSpeed: z.boolean().default(false).meta({
    flags: "--without-speed",
    description: "leave speed and memory out of the Markdown file, for a busy machine",
  }),
  maxMegapixels: batchOptions.maxMegapixels,
  overwrite: overwriteOption,
  json: z.boolean().default(false).meta({ flags: "--json", description: "print one JSON object instead of tables" }),
});
