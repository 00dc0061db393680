import { networkOptions, photoOptions } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";
import { videoOptions } from "./video-options.ts";

/** The options of `kindling enhance`. */
export const enhanceOptions = z.strictObject({
  out: z.string().optional().meta({
    flags: "-o, --out <path>",
    description:
      "folder for the results; with one photo a file name, or - for the standard output (default: enhanced; - where the photo is -)",
  }),
  suffix: z.string().optional().meta({
    flags: "--suffix <text>",
    description: "put between name and ending of results in a folder: with -lit a.jpg becomes a-lit.jpg",
  }),
  ...photoOptions,
  mask: z.string().optional().meta({
    flags: "--mask <picture>",
    description: "a mask for the light: white takes all of it, black none; it is resized to each photo",
  }),
  keepTimes: z.boolean().default(false).meta({
    flags: "--keep-times",
    description: "give results the modification time of their photos",
  }),
  ...videoOptions,
  ...networkOptions,
  ...batchOptions,
  dryRun: z.boolean().default(false).meta({
    flags: "--dry-run",
    description: "list what would be enhanced, and write nothing",
  }),
});
