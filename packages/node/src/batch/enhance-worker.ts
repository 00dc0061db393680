import {
  type EncodedPhoto,
  type Enhancer,
  KindlingError,
  meanLuminance,
  type Photo,
  type PhotoFormat,
  transferOfProfile,
} from "@kindling/core";
import { sourceNames, withoutPlace } from "@kindling/core/internal";
import { type NodeEnhancerOptions, openEnhancer } from "../enhance/open-enhancer.ts";
import { limitCodecThreads } from "../photo/codec-threads.ts";
import { encodePhoto } from "../photo/encode.ts";
import { formatOfPath } from "../photo/format-of-path.ts";
import { readPhoto } from "../photo/photo-file.ts";
import { requireSides } from "../photo/require-sides.ts";
import { stageFile } from "../photo/write-file.ts";
import { identity, type PlannedPhoto } from "./batch-plan.ts";
import type { Enhancement, Treatment } from "./enhancement.ts";
import type { Job, JobOutcome } from "./job.ts";
import { runJob } from "./run-job.ts";

type EnhanceJob = Job<PlannedPhoto, Treatment>;

/** Enhances one photo from file to staged file on a worker thread; piscina calls it. */
export async function enhanceOnWorker(job: EnhanceJob): Promise<JobOutcome<Enhancement>> {
  return runJob(job, enhanceFile);
}

/** Opened once per thread: all photos of a batch are enhanced in the same way. */
let opening: Promise<Enhancer> | undefined;

function openOnce(options: NodeEnhancerOptions): Promise<Enhancer> {
  opening ??= openEnhancer(options);
  return opening;
}

async function enhanceFile(
  { photo: { input, output }, treatment, threads, workers, port }: EnhanceJob,
  signal: AbortSignal,
): Promise<Enhancement> {
  const startedAt = performance.now();
  limitCodecThreads(threads);
  const enhancer = await openOnce({ ...treatment, threads, maxMemoryBytes: treatment.maxMemoryBytes / workers });
  const photo = await readPhoto(input, { maxMegapixels: treatment.maxMegapixels });
  // The ending of a result tells its format, whatever its photo's file holds.
  const format = formatOfPath(output) ?? (treatment.format === "keep" ? undefined : treatment.format);
  requireSides(input, photo.picture, format ?? photo.format);
  await requireRawKept(photo, input, output);
  const depth = treatment.depth === "keep" ? photo.depth : treatment.depth;
  const scene = await enhancer.analyse(photo, { depth, signal, onProgress: (done) => port.postMessage(0.9 * done) });
  const { light, denoise, denoiseColour, keepHighlights } = treatment;
  const mask = treatment.mask === undefined ? undefined : (await readPhoto(treatment.mask, treatment)).picture;
  const lit = await scene.relight({ light, denoise, denoiseColour, keepHighlights, mask, signal });
  const result = treatment.stripGps ? { ...lit, metadata: withoutPlace(lit.metadata) } : lit;
  const encoded = await encodePhoto(result, {
    format,
    depth: treatment.depth === "keep" ? undefined : treatment.depth,
    quality: treatment.quality,
  });
  const staged = await stageFile(output, encoded.bytes);
  const { width, height } = photo.picture;
  const transfer = transferOfProfile(photo.metadata.icc);
  return {
    files: [{ staged, bytes: encoded.bytes.length }],
    bytes: encoded.bytes.length,
    megapixels: (width * height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    light: light === "auto" ? scene.autoLight : light,
    luminance: { before: meanLuminance(photo.picture, transfer), after: meanLuminance(lit.picture, transfer) },
    notes: [
      ...photo.notes,
      ...noteFormat(photo, input, encoded.format, treatment.format),
      ...noteLosses(photo, encoded),
    ],
  };
}

/** A raw holds more than any picture made of it, so that not even `--overwrite` replaces it. */
async function requireRawKept({ source }: Photo, input: string, output: string): Promise<void> {
  if (source !== "raw" || (await identity(input)) !== (await identity(output))) return;
  throw new KindlingError(
    "exists",
    `${input}: it is a camera's raw, which is never replaced by its picture. Choose another --out, or name it as its camera did, such as .dng.`,
  );
}

function noteFormat(photo: Photo, input: string, written: PhotoFormat, wanted: PhotoFormat | "keep"): string[] {
  const names = {
    from: photo.source ? sourceNames[photo.source] : photo.format.toUpperCase(),
    to: written.toUpperCase(),
  };
  const named = formatOfPath(input);
  const isMisnamed = named
    ? photo.source !== undefined || named !== photo.format
    : wanted === "keep" && photo.source === undefined && photo.format !== written;
  if (isMisnamed) return [`it holds ${names.from}, not what its name says; written as ${names.to}`];
  return photo.source && wanted === "keep" ? [`${names.from} is written as ${names.to}`] : [];
}

function noteLosses({ depth: cameWith, source }: Photo, { depth, format, leftOut }: EncodedPhoto): string[] {
  const name = format.toUpperCase();
  const notes = leftOut.map(
    (part) => `${name} has no room for its ${part === "alpha" ? "transparency" : part.toUpperCase()}`,
  );
  if (cameWith === 16 && depth < 16) {
    notes.push(`${depth} bits a sample are all ${name} holds${source ? "; --depth 16 writes a TIFF" : ""}`);
  }
  return notes;
}
