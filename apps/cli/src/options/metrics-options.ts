import { z } from "zod";
import { batchOptions } from "./batch-options.ts";
import { metricModelOptions } from "./metric-model-options.ts";

/** The options of `kindling metrics`. */
export const metricsOptions = z.strictObject({
  original: z.string().optional().meta({
    flags: "--original <photo>",
    description: "the dark photo that LOE is measured against (default: the reference)",
  }),
  ...metricModelOptions,
  maxMegapixels: batchOptions.maxMegapixels,
  json: z.boolean().default(false).meta({ flags: "--json", description: "print one JSON object instead of a table" }),
});
