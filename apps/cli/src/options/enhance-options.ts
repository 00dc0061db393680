import { defaultMethod, maxLight, photoFormats } from "@kindling/node";
import { z } from "zod";
import { batchOptions, wholeNumber } from "./batch-options.ts";
import { networkOptions } from "./network-options.ts";

const lightRange = `expected auto or a number from 0 to ${maxLight}`;
const strengthRange = "expected a number from 0 to 1";
const strength = z.coerce.number(strengthRange).min(0, strengthRange).max(1, strengthRange).optional();
const light = z.union([z.literal("auto"), z.coerce.number().min(0, lightRange).max(maxLight, lightRange)], lightRange);
const format = z.enum(["keep", ...photoFormats], { error: `expected keep, ${photoFormats.join(", ")}` });
const depth = z.union(
  [z.literal("keep"), z.literal("8").transform(() => 8 as const), z.literal("16").transform(() => 16 as const)],
  {
    error: "expected keep, 8 or 16",
  },
);
/** The options of `kindling enhance`: what each takes, its default and its words in the help. */
export const enhanceOptions = z.strictObject({
  out: z.string().default("enhanced").meta({
    flags: "-o, --out <path>",
    description: "folder for the results, or a file name when there is one photo",
  }),
  method: z.string().default(defaultMethod).meta({
    flags: "-m, --method <name>",
    description: "how to enhance: a name that `kindling methods` lists, or the folder of a training",
  }),
  set: z.array(z.string()).default([]).meta({
    flags: "-s, --set <name=number>",
    description: "a setting of the method, repeatable; `kindling methods <name>` lists them",
  }),
  light: light.default("auto").meta({
    flags: "-l, --light <level>",
    description: "auto, or how many times as light as the photo: 1 as it is, 0.5 half, up to 5",
  }),
  mask: z.string().optional().meta({
    flags: "--mask <picture>",
    description: "where the light acts: white fully, black not at all; stretched over each photo",
  }),
  denoise: strength.meta({
    flags: "--denoise <0-1>",
    description: "how much noise and colour cast is taken away, where the method can (default: 1)",
  }),
  keepHighlights: strength.meta({
    flags: "--keep-highlights <0-1>",
    description: "how much of the photo is kept where it is bright, where the method can (default: 0)",
  }),
  format: format.default("keep").meta({
    flags: "-f, --format <format>",
    description: `keep, ${photoFormats.join(", ")}`,
  }),
  depth: depth.default("keep").meta({
    flags: "--depth <bits>",
    description: "bits a sample: keep, 8 or 16 (AVIF then holds 12)",
  }),
  quality: wholeNumber(1, 100).optional().meta({
    flags: "-q, --quality <1-100>",
    description: "quality of JPEG, WebP and AVIF (default: 92, 90 and 80; a lossless WebP stays lossless)",
  }),
  stripGps: z.boolean().default(false).meta({
    flags: "--strip-gps",
    description: "leave out where the photo was taken",
  }),
  ...networkOptions,
  ...batchOptions,
});
