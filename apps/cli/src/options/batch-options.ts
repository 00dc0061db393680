import { availableParallelism } from "node:os";
import { jobsRange, maxMegapixelsOption, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";

/** The option of commands that replace no file without it, whoever wrote it. */
export const overwriteOption = z
  .boolean()
  .default(false)
  .meta({ flags: "--overwrite", description: "replace files that are there" });

/** Options of every command that processes many photos. */
export const batchOptions = {
  jobs: wholeNumber(...jobsRange)
    .default(() => availableParallelism())
    .meta({ flags: "-j, --jobs <n>", description: "photos processed at the same time" }),
  maxMegapixels: maxMegapixelsOption,
  overwrite: z.boolean().default(false).meta({
    flags: "--overwrite",
    description: "let results replace originals and files of other programs",
  }),
  json: z.boolean().default(false).meta({
    flags: "--json",
    description: "print JSON, one object a line, instead of text",
  }),
};
