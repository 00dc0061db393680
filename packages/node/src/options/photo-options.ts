import { defaultMethod, defaultStrengths, maxLight, minLight, photoFormats } from "@kindling/core";
import { lightForm, qualityRange, readLight } from "@kindling/core/internal";
import { z } from "zod";
import { photoFormatOption } from "./photo-format.ts";
import { wholeNumber } from "./whole-number.ts";

const strengthRange = "expected a number from 0 to 1";
const strength = z.coerce.number(strengthRange).min(0, strengthRange).max(1, strengthRange).optional();
const light = z.string().transform((text, context) => {
  const level = readLight(text);
  if (level !== undefined) return level;
  context.addIssue({ code: "custom", message: `expected ${lightForm}` });
  return z.NEVER;
});
const depth = z.union(
  [z.literal("keep"), z.literal("8").transform(() => 8 as const), z.literal("16").transform(() => 16 as const)],
  {
    error: "expected keep, 8 or 16",
  },
);
const yesOrNo = z.boolean({ error: "expected true or false" }).default(false);

/** What can be asked for one photo: options of `kindling enhance`, and of requests to a server. */
export const photoOptions = {
  method: z.string().default(defaultMethod).meta({
    flags: "-m, --method <name>",
    description: "a name that `kindling methods` lists, or the folder of a training",
  }),
  set: z.array(z.string()).default([]).meta({
    flags: "-s, --set <name=number>",
    description: "a setting of the method, repeatable; `kindling methods <name>` lists them",
  }),
  // biome-ignore lint/suspicious/noThenProperty: the option is called --then; its value is text, so nothing awaits it.
  then: z.string().optional().meta({
    flags: "--then <name>",
    description: "a method that removes the noise of the results: bm3d; its settings are -s bm3d.sigma=10 and so on",
  }),
  fast: yesOrNo.meta({
    flags: "--fast",
    description: "take less time for photos of 4 megapixels and more, at a little less detail, if the method can",
  }),
  light: light.default("auto").meta({
    flags: "-l, --light <level>",
    description: `auto, a factor of the photo's light from ${minLight} to ${maxLight} (1 keeps it, 2 doubles it), or stops: +1ev, -0.5ev`,
  }),
  denoise: strength.meta({
    flags: "--denoise <0-1>",
    // A literal: what methods have by default is not loaded for a help text.
    description: "share of noise to remove, if the method can (default: 1; ember 0.7, retinex-net 0)",
  }),
  denoiseColour: strength.meta({
    flags: "--denoise-colour <0-1>",
    description: `share of colour noise and colour cast to remove, if the method can (default: ${defaultStrengths.denoiseColour})`,
  }),
  keepHighlights: strength.meta({
    flags: "--keep-highlights <0-1>",
    description: `share of bright areas to keep as they are, if the method can (default: ${defaultStrengths.keepHighlights})`,
  }),
  format: photoFormatOption("keep")
    .default("keep")
    .meta({
      flags: "-f, --format <format>",
      description: `keep, ${photoFormats.join(", ")}`,
    }),
  depth: depth.default("keep").meta({
    flags: "--depth <bits>",
    description: "bits a sample: keep, 8 or 16 (AVIF then holds 12; raw and HEIC become TIFF)",
  }),
  quality: wholeNumber(...qualityRange)
    .optional()
    .meta({
      flags: "-q, --quality <1-100>",
      description: "quality of JPEG, WebP and AVIF (default: 92, 90 and 80; a lossless WebP stays lossless)",
    }),
  stripGps: yesOrNo.meta({
    flags: "--strip-gps",
    description:
      "remove the place where the photo was taken from its metadata, and the video of a motion photo with it",
  }),
};
