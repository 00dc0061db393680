import { photoFormats } from "@kindling/node";
import { photoFormatOption, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";

const exponent = z.coerce.number("expected a number of 0 or more").min(0, "expected a number of 0 or more").default(1);

/** The options of `kindling fuse`. */
export const fuseOptions = z.strictObject({
  out: z.string("expected the file to write, such as fused.jpg, or with --scenes a folder").meta({
    flags: "-o, --out <file|folder>",
    description: "the fused photo (required); its ending chooses the format. With --scenes the folder for the pairs",
  }),
  contrast: exponent.meta({ flags: "--contrast <n>", description: "how much edges and texture count; 0: not at all" }),
  saturation: exponent.meta({ flags: "--saturation <n>", description: "how much colour counts" }),
  exposedness: exponent.meta({ flags: "--exposedness <n>", description: "how much values near the middle count" }),
  format: photoFormatOption()
    .optional()
    .meta({
      flags: "-f, --format <format>",
      description: `${photoFormats.join(", ")} (default: by the ending; with --scenes png, or webp, both lossless)`,
    }),
  quality: wholeNumber(1, 100).optional().meta({
    flags: "-q, --quality <1-100>",
    description: "quality of JPEG, WebP and AVIF (default: 92, 90 and 80)",
  }),
  scenes: z.string().optional().meta({
    flags: "--scenes <folder>",
    description: "find the scenes of a folder of brackets, and make pairs of their frames and their fused pictures",
  }),
  leastFrames: wholeNumber(2, 1000).default(3).meta({
    flags: "--least-frames <n>",
    description: "with --scenes: leave out scenes of fewer frames",
  }),
  skipBrighter: z.boolean().default(false).meta({
    flags: "--skip-brighter",
    description: "with --scenes: leave out frames brighter than 1.1 times the fused picture (mean luma)",
  }),
  ...batchOptions,
});
