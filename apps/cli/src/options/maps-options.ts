import { networkOptions, networksWithMaps } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions, overwriteOption } from "./batch-options.ts";

/** The options of `kindling maps`. */
export const mapsOptions = z.strictObject({
  out: z.string().default("maps").meta({ flags: "-o, --out <folder>", description: "folder for the pictures" }),
  method: z
    .string()
    .default("kind")
    .meta({
      flags: "-m, --method <name>",
      description: `a network that splits photos into reflectance and illumination: ${networksWithMaps.join(", ")}`,
    }),
  depth: z.enum(["8", "16"], { error: "expected 8 or 16" }).default("8").meta({
    flags: "--depth <bits>",
    description: "bits a sample: 8 or 16",
  }),
  ...networkOptions,
  maxMegapixels: batchOptions.maxMegapixels,
  overwrite: overwriteOption,
});
