import { z } from "zod";
import { maxMegapixelsOption } from "./max-megapixels-option.ts";

/** The model file that NIQE needs, for every command that measures. */
export const niqeModelOption = z.string().optional().meta({
  flags: "--niqe-model <file>",
  description: "measure NIQE too, with this model (safetensors); models/niqe holds one",
});

/** The options of `kindling metrics`. */
export const metricsOptions = z.strictObject({
  original: z.string().optional().meta({
    flags: "--original <photo>",
    description: "the dark photo that LOE is measured against (default: the reference)",
  }),
  niqeModel: niqeModelOption,
  maxMegapixels: maxMegapixelsOption,
  json: z.boolean().default(false).meta({ flags: "--json", description: "one JSON object instead of a table" }),
});
