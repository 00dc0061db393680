import { z } from "zod";

/** The model file that NIQE needs, for every command that measures. */
export const niqeModelOption = z.string().optional().meta({
  flags: "--niqe-model <file>",
  description: "measure NIQE too, with this model (safetensors); models/niqe holds one",
});

/** The size limit of photos, for every command that measures. */
export const maxMegapixelsOption = z.coerce
  .number()
  .positive({ error: "expected a number above 0" })
  .default(200)
  .meta({ flags: "--max-megapixels <n>", description: "refuse larger photos, against files made to exhaust memory" });

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
