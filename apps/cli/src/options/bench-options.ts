import { networkOptions, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";

/** Most pixels of a photo to measure with. */
const mostPixels = 200e6;

const size = z.string().transform((text, context) => {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text.trim()) ?? [];
  const [w, h] = [Number(width), Number(height)];
  if (w > 0 && h > 0 && w * h <= mostPixels) return { width: w, height: h };
  context.addIssue({
    code: "custom",
    message: "expected width x height in pixels, such as 4000x3000, up to 200 megapixels",
  });
  return z.NEVER;
});

/** The options of `kindling bench`. */
export const benchOptions = z.strictObject({
  size: z
    .array(size)
    .default([])
    .meta({ flags: "--size <w>x<h>", description: "a size to measure; repeatable (default: 640x480 and 4000x3000)" }),
  device: networkOptions.device,
  threads: wholeNumber(1, 256)
    .optional()
    .meta({ flags: "-j, --threads <n>", description: "threads of networks on the processor (default: one a core)" }),
  models: networkOptions.models,
  json: z.boolean().default(false).meta({ flags: "--json", description: "print a JSON object in place of a table" }),
});
