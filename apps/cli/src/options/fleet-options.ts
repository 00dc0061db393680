import { networkOptions, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { enhanceOptions } from "./enhance-options.ts";

const json = z.boolean().default(false).meta({
  flags: "--json",
  description: "print JSON, one object a line, instead of text",
});

/** Options of every command of a fleet: where its queue is. */
export const queueOptions = z.strictObject({
  queue: z.string().optional().meta({
    flags: "--queue <address>",
    description: "the Redis or Valkey server: redis://[user:password@]host[:port][/database] (default: KINDLING_QUEUE)",
  }),
  name: z.string().default("photos").meta({
    flags: "--name <name>",
    description: "the queue on that server; each has photos and workers of its own",
  }),
});

/** Options of fleet commands that print. */
export const printedQueueOptions = z.strictObject({ ...queueOptions.shape, json });

/** How photos are enhanced, in the order of the help. */
const enhancement = enhanceOptions.pick({
  method: true,
  set: true,
  // biome-ignore lint/suspicious/noThenProperty: the option is called --then; its value is no function, so nothing awaits it.
  then: true,
  fast: true,
  light: true,
  denoise: true,
  denoiseColour: true,
  keepHighlights: true,
  format: true,
  depth: true,
  quality: true,
  stripGps: true,
  keepTimes: true,
  maxMegapixels: true,
});

/** Options of `kindling submit`: how photos are enhanced as in `kindling enhance`, and where they wait. */
export const submitOptions = z.strictObject({
  ...queueOptions.shape,
  out: z.string("expected a folder or s3://bucket/prefix for the results").meta({
    flags: "-o, --out <place>",
    description: "folder that all machines have under the same path, or s3://bucket/prefix (required)",
  }),
  list: z.string().optional().meta({
    flags: "--list <file>",
    description: "a file that names photos, one a line; - for the standard input",
  }),
  base: z.string().optional().meta({
    flags: "--base <place>",
    description: "folder or prefix below which photos of a list keep their path (default: the current folder)",
  }),
  priority: wholeNumber(1, 1000).default(100).meta({
    flags: "--priority <1-1000>",
    description: "photos with a smaller number are taken first",
  }),
  tries: wholeNumber(1, 100).default(5).meta({
    flags: "--tries <n>",
    description: "tries of a photo before it is set aside, where another try may help",
  }),
  ...enhancement.shape,
  overwrite: z.boolean().default(false).meta({
    flags: "--overwrite",
    description: "let results replace files that the fleet did not write; photos are never replaced",
  }),
  json,
});

/** Options of `kindling work`. */
export const workOptions = z.strictObject({
  ...queueOptions.shape,
  jobs: enhanceOptions.shape.jobs,
  drain: z.boolean().default(false).meta({
    flags: "--drain",
    description: "end once no photo is left, instead of waiting for more",
  }),
  lease: wholeNumber(1, 3600).default(30).meta({
    flags: "--lease <seconds>",
    description: "time after which the photos of a worker that died go to others",
  }),
  worker: z.string().optional().meta({
    flags: "--worker <name>",
    description: "how `kindling status` shows this worker (default: host name and process number)",
  }),
  scratch: z.string().optional().meta({
    flags: "--scratch <folder>",
    description: "folder for photos fetched from buckets (default: the system's for temporary files)",
  }),
  ...networkOptions,
  json,
});
