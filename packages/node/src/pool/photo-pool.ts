import { availableParallelism } from "node:os";
import {
  type Device,
  defaultMethod,
  type FollowOptions,
  KindlingError,
  type PhotoFormat,
  type SampleDepth,
} from "@kindling/core";
import { completeSettings, requireEncoding, requireLight, requireStrengths } from "@kindling/core/internal";
import { networkMethods } from "@kindling/systems/inference";
import type { Enhancement, Treatment } from "../batch/enhancement.ts";
import { standardStream } from "../batch/find-photos.ts";
import type { JobOutcome, JobProgress } from "../batch/job.ts";
import type { EncodedMaps, MapsPhoto, MapsTreatment } from "../batch/maps-worker.ts";
import { MemoryGate } from "../batch/memory-gate.ts";
import { enhanceWorker } from "../batch/open-enhance-workers.ts";
import type { PlannedPhoto } from "../batch/planned-photo.ts";
import { splitWorker } from "../batch/split-worker.ts";
import { openWorkers, type WorkOptions } from "../batch/workers.ts";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { chooseWeights } from "../enhance/fastest-weights.ts";
import { type MapName, requireMaps } from "../enhance/photo-maps.ts";
import { defaultNetworkMemoryBytes, freePhotoMemoryBytes, openMethodsPerWorker } from "../memory.ts";
import { pixelCountOf } from "../photo/peek.ts";
import { requireBytes } from "../photo/require-bytes.ts";
import { Places } from "./places.ts";
import { warmUpPhoto } from "./warm-up-photo.ts";

/** What a pool works with. */
export interface PhotoPoolOptions {
  /** Photos worked on at the same time, each on a thread of its own; default: one a processor core. */
  readonly workers?: number | undefined;
  /** Memory in bytes for the networks of all threads; default: a quarter of the free memory, up to 4 GB. */
  readonly maxMemoryBytes?: number | undefined;
  /** Folder of trained networks; those of the package `@kindling/models` if not given. */
  readonly models?: string | undefined;
  /** Where networks run; default `auto`. */
  readonly device?: Device | undefined;
  /** Larger photos are refused; default 200. */
  readonly maxMegapixels?: number | undefined;
  /**
   * Milliseconds in which a cancelled photo must end by itself before its thread is stopped; default 5,000.
   */
  readonly graceMs?: number | undefined;
}

/** How one photo of a pool is enhanced. Defaults are those of `kindling enhance`. */
export interface PoolEnhanceOptions
  extends Partial<Omit<Treatment, "mask" | "models" | "device" | "maxMemoryBytes" | "maxMegapixels" | "keepTimes">> {
  /** Content of a picture file: the light acts fully where it is white, not at all where it is black. */
  readonly mask?: Uint8Array | undefined;
}

/** How one photo of a pool is split into maps. */
export interface PoolMapsOptions {
  /** A method that splits photos; default `kind`. */
  readonly method?: string | undefined;
  readonly settings?: Treatment["settings"] | undefined;
  /** The maps wanted; default reflectance and illumination. */
  readonly maps?: readonly MapName[] | undefined;
  /** Default `png`. */
  readonly format?: PhotoFormat | undefined;
  /** Bits a sample; default 8. */
  readonly depth?: SampleDepth | undefined;
}

/** What a worker makes of a photo; of a video it makes a container. */
interface EnhancedPhoto extends Enhancement {
  readonly format: PhotoFormat;
}

/** The content of an enhanced photo's file, and what there is to know about it. */
export interface EnhancedContent extends Omit<Enhancement, "files" | "content" | "format"> {
  readonly format: PhotoFormat;
  readonly content: Uint8Array;
}

/** Worker threads that enhance photos from memory to memory, and keep their networks open between them. */
export interface PhotoPool {
  /** Photos worked on at the same time. Further ones wait, in the order of their calls. */
  readonly workers: number;
  /**
   * Enhances the content of a photo file.
   *
   * @throws {KindlingError} `cancelled` once the signal is raised; `invalid-option` for what are no bytes; what reading, enhancing and writing a photo throws.
   */
  enhance(file: Uint8Array, options?: PoolEnhanceOptions, following?: FollowOptions): Promise<EnhancedContent>;
  /**
   * Splits the content of a photo file into its maps.
   *
   * @throws {KindlingError} as `enhance` does; `invalid-option` for a method without maps.
   */
  maps(file: Uint8Array, options?: PoolMapsOptions, following?: FollowOptions): Promise<EncodedMaps>;
  /** Starts every thread and opens the default network on it, so that the first photos need not wait for them. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** Name of a photo without a file, in messages. */
const name = "photo";

/** Bytes that the most demanding network keeps for each pixel: requests may name any. */
const keptBytesPerPixel = Math.max(...networkMethods.map((network) => network.keptBytesPerPixel));

/**
 * Opens a pool of worker threads for photos that come one by one, as they do to a server. It is the pool of
 * `enhanceFiles`, with the same bounds of memory; close it after use.
 *
 * @example
 * const pool = await openPhotoPool({ workers: 2, maxMegapixels: 50 });
 * const { content, light } = await pool.enhance(bytes, { light: "auto", format: "webp" }, { signal });
 * await pool.close();
 */
export async function openPhotoPool({
  workers: count = availableParallelism(),
  maxMemoryBytes: networkBytes = defaultNetworkMemoryBytes(),
  models,
  device = "auto",
  maxMegapixels = 200,
  graceMs = 5000,
}: PhotoPoolOptions = {}): Promise<PhotoPool> {
  const workers = await openWorkers(count);
  const places = new Places(workers.count);
  const gate = new MemoryGate(freePhotoMemoryBytes(networkBytes), keptBytesPerPixel);
  const common = { models, device, maxMegapixels, maxMemoryBytes: networkBytes / openMethodsPerWorker };

  /** Runs one job once a thread and the memory for its photo are free. */
  async function run<Result>(
    file: Uint8Array,
    format: PhotoFormat | "keep",
    work: (options: WorkOptions) => Promise<JobOutcome<Result>>,
    { signal = new AbortController().signal, onProgress }: FollowOptions,
  ): Promise<Result> {
    requireBytes(file);
    const leavePlace = await places.enter(signal);
    try {
      const pixels = Math.min((await pixelCountOf(file, name)) ?? 0, maxMegapixels * 1e6);
      const leaveGate = await gate.enter(pixels, format === "keep" ? undefined : format);
      try {
        const onJobProgress = (progress: JobProgress) => typeof progress === "number" && onProgress?.(progress);
        const outcome = await work({ signal, onProgress: onJobProgress, graceMs });
        if (outcome.ok) return outcome.result;
        throw new KindlingError(outcome.code, outcome.message);
      } finally {
        leaveGate();
      }
    } finally {
      leavePlace();
    }
  }

  const pool: PhotoPool = {
    workers: workers.count,
    async enhance(file, { mask, ...options } = {}, following = {}) {
      const { method: asked, settings, light = "auto", format = "keep", depth = "keep", ...rest } = options;
      requireLight(light);
      requireEncoding({ format, depth, quality: rest.quality }, "keep");
      const method = await chooseWeights(asked ?? defaultMethod, { models, device });
      const facts = factsOfMethod(method);
      requireStrengths(options, facts);
      const treatment: Treatment = {
        ...common,
        ...rest,
        method,
        settings: completeSettings(facts, settings ?? {}),
        light,
        format,
        depth,
        stripGps: rest.stripGps ?? false,
        keepTimes: false,
      };
      const photo: PlannedPhoto = { input: name, output: standardStream, content: file, mask };
      const {
        files: _,
        content,
        ...enhancement
      } = await run(
        file,
        format,
        (work) => workers.run<PlannedPhoto, Treatment, EnhancedPhoto>(enhanceWorker, photo, treatment, work),
        following,
      );
      return { ...enhancement, content: content ?? new Uint8Array() };
    },
    async maps(file, { method: asked = "kind", settings, maps, format = "png", depth = 8 } = {}, following = {}) {
      requireEncoding({ format, depth });
      const method = await chooseWeights(asked, { models, device });
      requireMaps(method, "method");
      const treatment = { ...common, method, format, depth };
      const complete = { ...treatment, settings: completeSettings(factsOfMethod(method), settings ?? {}) };
      const photo = { input: name, content: file, wanted: maps ?? (["reflectance", "illumination"] as const) };
      return run(
        file,
        format,
        (work) => workers.run<MapsPhoto, MapsTreatment, EncodedMaps>(splitWorker, photo, complete, work),
        following,
      );
    },
    async warmUp() {
      const file = await warmUpPhoto();
      await Promise.all(Array.from({ length: workers.count }, () => pool.enhance(file)));
    },
    close: () => workers.close(),
  };
  return pool;
}
