import { networkMethods } from "@kindling/node";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";
import { networkOptions } from "./network-options.ts";

const networksWithMaps = networkMethods.filter(({ hasMaps }) => hasMaps).map(({ name }) => name);

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
});
