import { createHash } from "node:crypto";
import { KindlingError, photoFormats } from "@kindling/node";
import { z } from "zod";

const share = z.number().min(0).max(1).optional();

/** How the photos of one submission are enhanced, and where their results go. It is kept once for all of them. */
const orderSchema = z.strictObject({
  /** Folder, absolute, or `s3://bucket/prefix`. */
  out: z.string(),
  method: z.string(),
  settings: z.record(z.string(), z.number()),
  light: z.union([z.literal("auto"), z.number()]),
  denoise: share,
  denoiseColour: share,
  keepHighlights: share,
  format: z.enum(["keep", ...photoFormats]),
  depth: z.union([z.literal("keep"), z.literal(8), z.literal(16)]),
  quality: z.number().optional(),
  stripGps: z.boolean(),
  keepTimes: z.boolean(),
  maxMegapixels: z.number(),
  /** Whether results may replace files that the fleet did not write. */
  overwrite: z.boolean(),
});

/** How the photos of one submission are enhanced, and where their results go. */
export type Order = z.infer<typeof orderSchema>;

const jobSchema = z.strictObject({
  /** Name of the order. */
  order: z.string(),
  /** Absolute path, or `s3://bucket/key`. */
  input: z.string(),
  /** The path that the result keeps below `out`. */
  below: z.string(),
});

/** One photo in the queue. */
export type PhotoJob = z.infer<typeof jobSchema>;

/**
 * Checks what the queue holds for a photo.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function checkJob(data: unknown): PhotoJob {
  return check(jobSchema, data, "a photo");
}

/**
 * Checks what the queue holds for an order.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function checkOrder(text: string): Order {
  return check(orderSchema, JSON.parse(text), "an order");
}

function check<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const reason = "another program wrote it, or another version of Kindling. Use the same version on all machines";
  throw new KindlingError("invalid-option", `the queue holds ${what} that is not understood: ${reason}.`);
}

/** The name of an order: that of its content. */
export function nameOrder(order: Order): string {
  return digest(JSON.stringify(order)).slice(0, 16);
}

/** The id of a photo in the queue: the same photo with the same order has the same one, so that it is there once. */
export function nameJob({ order, input, below }: PhotoJob): string {
  return `p-${digest(JSON.stringify([order, input, below]))}`;
}

/** A short name of a text: 128 bits of its SHA-256. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}
