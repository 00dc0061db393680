import { resolve } from "node:path";
import { defaultMethod, KindlingError } from "@kindling/node";
import { factsOfMethod, type TreatmentOptions } from "@kindling/node/internal";
import { isS3, parseS3 } from "../places/s3-address.ts";
import { keepOrder } from "../queue/keep-orders.ts";
import { type OpenQueue, openQueue, type QueueOptions } from "../queue/open-queue.ts";
import { nameJob, type Order, type PhotoJob } from "../queue/photo-job.ts";
import { beginCount } from "../queue/read-status.ts";
import { findSubmitted, type Submitted } from "./find-submitted.ts";
import { planOrder } from "./plan-order.ts";

/** How photos are submitted. */
export interface SubmitOptions
  extends QueueOptions,
    Submitted,
    Omit<TreatmentOptions, "mask" | "models" | "device" | "maxMemoryBytes"> {
  /** Folder that all machines have under the same path, or `s3://bucket/prefix`. */
  readonly out: string;
  /** Whether results may replace files that the fleet did not write; default false. */
  readonly overwrite?: boolean | undefined;
  /** Photos with a smaller number are taken first, 1 to 1000; default 100. */
  readonly priority?: number | undefined;
  /** How often a photo is tried before it is set aside; default 5. */
  readonly tries?: number | undefined;
  /** Wait before the second try in milliseconds, which doubles with each further one; default 5000. */
  readonly backoffMs?: number | undefined;
  /** Stops submitting. The same call later submits the rest. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the number of photos submitted so far. */
  readonly onProgress?: ((submitted: number) => void) | undefined;
}

/** What was submitted. */
export interface Submission {
  readonly submitted: number;
  /** Whether the queue survives a restart of its server: it writes an append-only file. */
  readonly isPersistent: boolean;
}

/** Photos that are sent to the queue together. */
const chunkSize = 500;

/**
 * Puts photos into a queue, for any number of workers on any number of machines. Photos are found and sent piece by piece.
 * One that is in the queue already is there once; one that is done is looked at again and, if it did not change, skipped.
 *
 * @throws {KindlingError} `invalid-option`, `not-found`, `unreadable`, `unavailable`.
 * @example
 * await submitPhotos({ queue: "redis://localhost", inputs: ["/mnt/photos"], out: "/mnt/lit", light: 2 });
 */
export async function submitPhotos(options: SubmitOptions): Promise<Submission> {
  const { priority = 100, tries = 5, backoffMs = 5000, signal, onProgress } = options;
  requireWhole("--priority", priority, 1000);
  requireWhole("--tries", tries, 100);
  const order = orderOf(options);
  await planOrder(order);
  const queue = await openQueue(options);
  try {
    const name = await keepOrder(queue, order);
    let submitted = 0;
    let chunk: PhotoJob[] = [];
    const flush = async () => {
      // Not before: what is refused leaves the count of the last job as it was.
      if (submitted === 0) await beginCount(queue);
      await addJobs(queue, chunk, { priority, tries, backoffMs });
      submitted += chunk.length;
      chunk = [];
      onProgress?.(submitted);
    };
    for await (const { input, below } of findSubmitted(options, order.out)) {
      if (signal?.aborted) break;
      chunk.push({ order: name, input, below });
      if (chunk.length >= chunkSize) await flush();
    }
    if (chunk.length > 0) await flush();
    return { submitted, isPersistent: await isPersistent(queue) };
  } finally {
    await queue.close();
  }
}

async function addJobs(
  { photos }: OpenQueue,
  jobs: readonly PhotoJob[],
  { priority, tries, backoffMs }: { readonly priority: number; readonly tries: number; readonly backoffMs: number },
): Promise<void> {
  const opts = {
    priority,
    attempts: tries,
    backoff: { type: "exponential", delay: backoffMs, jitter: 0.5 },
    removeOnComplete: true,
    // The stack says nothing about a photo, and there may be many.
    stackTraceLimit: 0,
  };
  await photos.addBulk(jobs.map((data) => ({ name: "enhance", data, opts: { ...opts, jobId: nameJob(data) } })));
}

/** The options with their defaults; these are written out, so that another version with other defaults does the same. */
function orderOf(options: SubmitOptions): Order {
  const { method = defaultMethod, denoise, denoiseColour, keepHighlights, quality } = options;
  if (isS3(options.out)) parseS3(options.out);
  factsOfMethod(method);
  const given = { denoise, denoiseColour, keepHighlights, quality };
  return {
    out: isS3(options.out) ? options.out.replace(/\/*$/, "") : resolve(options.out),
    method,
    settings: { ...options.settings },
    light: options.light ?? "auto",
    format: options.format ?? "keep",
    depth: options.depth ?? "keep",
    stripGps: options.stripGps ?? false,
    keepTimes: options.keepTimes ?? false,
    maxMegapixels: options.maxMegapixels ?? 200,
    overwrite: options.overwrite ?? false,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

async function isPersistent({ redis }: OpenQueue): Promise<boolean> {
  // A managed server may not tell; such keep what they hold.
  const info = await redis.info("persistence").catch(() => "aof_enabled:1");
  return !/aof_enabled:0/.test(info);
}

function requireWhole(option: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new KindlingError("invalid-option", `${option} ${value}: expected a whole number from 1 to ${most}.`);
}
