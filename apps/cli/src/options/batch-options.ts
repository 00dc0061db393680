import { availableParallelism } from "node:os";
import { z } from "zod";

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).refine((n) => Number.isInteger(n) && n >= least && n <= most, { error });
}

/** Options of every command that processes many photos. */
export const batchOptions = {
  jobs: wholeNumber(1, 256)
    .default(() => availableParallelism())
    .meta({ flags: "-j, --jobs <n>", description: "photos processed at the same time" }),
  maxMegapixels: z.coerce.number().positive({ error: "expected a number above 0" }).default(200).meta({
    flags: "--max-megapixels <n>",
    description: "refuse larger photos, which could exhaust the memory",
  }),
  overwrite: z.boolean().default(false).meta({
    flags: "--overwrite",
    description: "let results replace originals and files of other programs",
  }),
  json: z.boolean().default(false).meta({
    flags: "--json",
    description: "print JSON, one object a line, instead of text",
  }),
};
