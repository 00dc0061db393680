import { photoFormats } from "@kindling/node";
import { photoFormatOption, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";

const { maxMegapixels, overwrite, json } = batchOptions;

/** The options of `kindling merge`. */
export const mergeOptions = z.strictObject({
  out: z.string("expected the file to write, such as merged.jpg").meta({
    flags: "-o, --out <file>",
    description: "the merged photo; its ending chooses the format. TIFF, PNG and AVIF hold what is between 8 bits",
  }),
  format: photoFormatOption()
    .optional()
    .meta({ flags: "-f, --format <format>", description: `${photoFormats.join(", ")} (default: by the ending)` }),
  quality: wholeNumber(1, 100).optional().meta({
    flags: "-q, --quality <1-100>",
    description: "quality of JPEG, WebP and AVIF (default: 92, 90 and 80)",
  }),
  maxMegapixels,
  overwrite,
  json,
});
