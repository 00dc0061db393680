import { defaultMethod, KindlingError, type MethodFacts } from "@kindling/core";
import {
  completeSettings,
  devices,
  leastMemoryBytes,
  megabytes,
  requireEncoding,
  requireLight,
  requireOneOf,
  requireStrengths,
} from "@kindling/core/internal";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { chooseWeights } from "../enhance/fastest-weights.ts";
import { defaultNetworkMemoryBytes } from "../memory.ts";
import { openModelStore } from "../models/open-model-store.ts";
import { readPhoto } from "../photo/photo-file.ts";
import { sha256OfFile } from "../photo/regular-file.ts";
import { version } from "../version.ts";
import type { Treatment, VideoTreatment } from "./enhancement.ts";

/** How photos are to be enhanced; what is not given is as in the command `kindling enhance`. */
export interface TreatmentOptions extends Partial<Omit<Treatment, "maxMemoryBytes">> {
  /** Memory for networks in bytes; default: a quarter of the free memory, up to 4 GB. */
  readonly maxMemoryBytes?: number | undefined;
}

/** A treatment whose options are checked and complete. */
export interface PlannedTreatment {
  readonly treatment: Treatment;
  /** Everything that determines a result, the version and the hashes of weights included. */
  readonly settings: object;
  /** Memory that networks may take in all, the least that one thread needs of it, and what each pixel of a photo needs. */
  readonly memory: { readonly bytes: number; readonly leastBytes: number; readonly bytesPerPixel: number };
  /** Whether no step of the work on a small photo keeps its thread busy for a second. */
  readonly isBrief: boolean;
  /** Whether the work on one photo takes all cores: networks do, formulas take one. */
  readonly takesAllCores: boolean;
}

/**
 * Checks how photos are to be enhanced, and completes it.
 *
 * @throws {KindlingError} `invalid-option` for an option out of its range, or too little memory for any photo; `not-found` where a network has no weights;
 * what `readPhoto` throws for a mask that cannot be read.
 */
export async function planTreatment(options: TreatmentOptions): Promise<PlannedTreatment> {
  const { light = "auto", format = "keep", depth = "keep", stripGps = false } = options;
  const { device = "auto", maxMegapixels = 200, mask, models, keepTimes = false, video = {} } = options;
  requireLight(light);
  requireEncoding(options, "keep");
  requireOneOf("device", device, devices);
  // Chosen before results are compared with those there are, and once for all threads.
  const method = await chooseWeights(options.method ?? defaultMethod, { models, device });
  const { denoise, denoiseColour, keepHighlights, quality } = options;
  const facts = factsOfMethod(method);
  const settings = completeSettings(facts, options.settings ?? {});
  requireStrengths(options, facts);
  const { weights, memory } = await findWeights(facts, options);
  const maskHash = mask === undefined ? undefined : await sha256OfFile(mask);
  // All photos need it: told once, before the first of them.
  if (mask !== undefined) await readPhoto(mask, { maxMegapixels });
  // What determines a result. Only a hash of its JSON text is kept: another order of names would make all results again.
  const decisive = {
    method,
    light,
    mask,
    denoise,
    denoiseColour,
    keepHighlights,
    format,
    depth,
    quality,
    stripGps,
    settings,
    // Left out where nothing is asked for, so that the results of photos are not made again.
    video: decisiveOf(video),
  };
  return {
    treatment: { ...decisive, video, device, models, maxMegapixels, keepTimes, maxMemoryBytes: memory.bytes },
    // Of files the content counts, not the path.
    settings: { version, ...decisive, mask: maskHash, weights },
    memory,
    isBrief: isBrief(facts) && mask === undefined && device !== "webgpu",
    takesAllCores: facts.made.by === "network",
  };
}

/** Whether no step of a method on a small photo takes long. A formula takes turns; a network's run is one step. */
function isBrief({ made, after }: MethodFacts): boolean {
  if (after?.duration !== undefined || made.method.duration !== undefined) return false;
  return made.by === "formula" || made.method.isBrief === true;
}

/** What determines the result of a video; neither the program nor what becomes of a stopped run does. */
function decisiveOf({ ffmpeg: _, keepPart: __, ...decisive }: VideoTreatment): VideoTreatment | undefined {
  return Object.values(decisive).some((value) => value !== undefined) ? decisive : undefined;
}

/** The hashes of a method's weights, and the memory it needs. */
async function findWeights({ made }: MethodFacts, { models, maxMemoryBytes }: TreatmentOptions) {
  if (made.by === "formula") return { weights: undefined, memory: { bytes: 0, leastBytes: 0, bytesPerPixel: 0 } };
  // Looked up here, so that missing weights are one error and not one for every photo.
  const manifest = await openModelStore(models).manifest(made.method.name, made.tag);
  const bytes = maxMemoryBytes ?? defaultNetworkMemoryBytes();
  const leastBytes = leastMemoryBytes(made.method, manifest);
  if (bytes < leastBytes) {
    throw new KindlingError(
      "invalid-option",
      `--max-memory (maxMemoryBytes): ${made.method.name} needs at least ${megabytes(leastBytes)}; got ${bytes < 1e6 ? `${bytes} bytes` : megabytes(bytes)}. Allow more, such as --max-memory ${megabytes(leastBytes).replace(" ", "")}, or leave it out.`,
    );
  }
  return {
    weights: Object.values(manifest.parts).map(({ sha256 }) => sha256),
    memory: { bytes, leastBytes, bytesPerPixel: made.method.keptBytesPerPixel },
  };
}
