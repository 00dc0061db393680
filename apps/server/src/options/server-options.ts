import { availableParallelism } from "node:os";
import { jobsRange, maxMegapixelsOption, networkOptions, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";

const seconds = (most: number) => wholeNumber(1, most);

/**
 * The options of `kindling serve`: flags, and the same by environment (`readEnvironment`). `meta` holds their flags in
 * commander's notation, as those of other commands.
 */
export const serverOptions = z.strictObject({
  port: wholeNumber(0, 65535).default(8080).meta({
    flags: "-p, --port <n>",
    description: "port to listen on; 0 takes any free one",
  }),
  host: z.string().min(1).default("127.0.0.1").meta({
    flags: "--host <address>",
    description: "address to listen on; 0.0.0.0 is every address of the machine",
  }),
  jobs: wholeNumber(...jobsRange)
    .default(() => availableParallelism())
    .meta({ flags: "-j, --jobs <n>", description: "photos processed at the same time" }),
  queue: wholeNumber(0, 10_000).default(16).meta({
    flags: "--queue <n>",
    description: "further requests that may wait; more are answered 503 at once",
  }),
  timeout: seconds(86_400).default(60).meta({
    flags: "--timeout <seconds>",
    description: "time a photo may wait and be worked on together",
  }),
  uploadTimeout: seconds(3600).default(30).meta({
    flags: "--upload-timeout <seconds>",
    description: "time in which a request must have arrived whole",
  }),
  stopTimeout: seconds(3600).default(30).meta({
    flags: "--stop-timeout <seconds>",
    description: "time for the photos in work when the server is stopped; then they are dropped",
  }),
  maxMegabytes: z.coerce.number().positive({ error: "expected a number above 0" }).default(50).meta({
    flags: "--max-megabytes <n>",
    description: "refuse larger requests",
  }),
  maxMegapixels: maxMegapixelsOption.default(50).meta({
    flags: "--max-megapixels <n>",
    description: "refuse larger photos, which could exhaust the memory",
  }),
  ...networkOptions,
  tokenFile: z.string().optional().meta({
    flags: "--token-file <path>",
    description: "file of bearer tokens, one a line; the API then asks for one of them",
  }),
  rateLimit: wholeNumber(1, 1_000_000).optional().meta({
    flags: "--rate-limit <n>",
    description: "photos that one client may send in a minute",
  }),
  trustProxy: z.boolean().default(false).meta({
    flags: "--trust-proxy",
    description: "take a client's address from X-Forwarded-For, for --rate-limit behind a proxy of your own",
  }),
  cacheSeconds: wholeNumber(0, 31_536_000).default(0).meta({
    flags: "--cache-seconds <n>",
    description: "time for which caches may keep results; 0 makes them ask again",
  }),
  page: z.string().optional().meta({
    flags: "--page <folder>",
    description: "folder of the built page, if not the one that comes with Kindling",
  }),
  logLevel: z
    .enum(["silent", "error", "warn", "info", "debug"], { error: "expected silent, error, warn, info or debug" })
    .default("info")
    .meta({ flags: "--log-level <level>", description: "what is logged: silent, error, warn, info or debug" }),
});

/** The checked options of a server. */
export type ServerOptions = z.infer<typeof serverOptions>;
