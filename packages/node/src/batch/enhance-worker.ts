import { extname } from "node:path";
import {
  type Enhancer,
  KindlingError,
  keepsLight,
  type LuminanceChange,
  meanLuminance,
  type Photo,
  type PhotoFormat,
  type Picture,
  transferOfProfile,
} from "@kindling/core";
import { hasShades, sourceNames, withoutPlace } from "@kindling/core/internal";
import { decodePhoto } from "../photo/decode.ts";
import { encodePhoto, ownFormat, requireDepth } from "../photo/encode.ts";
import { formatOfPath } from "../photo/format-of-path.ts";
import { noteLosses } from "../photo/note-losses.ts";
import { readPhoto } from "../photo/photo-file.ts";
import { type FileContent, readRegularFile, sha256Of } from "../photo/regular-file.ts";
import { requireSides } from "../photo/require-sides.ts";
import { type FileAttributes, stageFile } from "../photo/write-file.ts";
import { inNativeCode } from "../runtime/native-code.ts";
import { isVideoWork } from "../video/video-format.ts";
import type { Enhancement, Treatment } from "./enhancement.ts";
import { standardStream } from "./find-photos.ts";
import { identity } from "./identity.ts";
import type { Job, JobOutcome } from "./job.ts";
import { keepEnhancer } from "./kept-enhancers.ts";
import type { PlannedPhoto } from "./planned-photo.ts";
import { runJob } from "./run-job.ts";

type EnhanceJob = Job<PlannedPhoto, Treatment>;

/** Enhances one photo or video from file to staged file on a worker thread; piscina calls it. */
export async function enhanceOnWorker(job: EnhanceJob): Promise<JobOutcome<Enhancement>> {
  return runJob(job, enhanceFile);
}

async function enhanceFile(job: EnhanceJob, signal: AbortSignal): Promise<Enhancement> {
  const startedAt = performance.now();
  const {
    photo: { input, output, content },
    treatment,
  } = job;
  if (content === undefined && isVideoWork({ input, output })) {
    const { enhanceVideoFile } = await inNativeCode(() => import("./enhance-video-file.ts"));
    return enhanceVideoFile(await openEnhancer(job), job, signal);
  }
  const file = content === undefined ? await readRegularFile(input) : undefined;
  const bytes = file?.bytes ?? content ?? new Uint8Array();
  const { enhancer, lit, depth, format, light, luminance, isLightable } = await lightPhoto(bytes, job, signal);
  // Of other methods, such as those that remove noise, the light is what comes of their work.
  const isLightKept = treatment.light === "auto" && enhancer.facts.hasOwnLight && keepsLight(light) && isLightable;
  const isVideoTaken = treatment.stripGps && lit.metadata.video !== undefined;
  const result = treatment.stripGps ? { ...lit, metadata: withoutPlace(lit.metadata) } : lit;
  const encoded = await encodePhoto(result, {
    format,
    depth: treatment.depth === "keep" ? undefined : treatment.depth,
    quality: treatment.quality,
  });
  const isStreamed = output === standardStream;
  const staged = isStreamed
    ? undefined
    : await stageFile(output, encoded.bytes, file && (await attributesOf(file, input, output, treatment)));
  const made = { sha256: sha256Of(encoded.bytes), sourceSha256: file?.sha256 ?? sha256Of(bytes) };
  const { width, height } = lit.picture;
  return {
    files: staged ? [{ staged, ...made }] : [],
    content: isStreamed ? encoded.bytes : undefined,
    bytes: encoded.bytes.length,
    format: encoded.format,
    megapixels: (width * height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    method: enhancer.method,
    light,
    isLightKept,
    luminance,
    notes: [
      ...(isLightKept ? ["automatic light leaves it nearly as it is; a light of 2 gives more"] : []),
      ...lit.notes,
      ...(isVideoTaken ? ["its video is left out, because it tells where it was taken"] : []),
      ...noteFormat(lit, input, encoded.format, treatment.format),
      ...noteLosses({ ...result, depth }, encoded, treatment),
    ],
  };
}

function openEnhancer({ treatment, threads, workers }: EnhanceJob): Promise<Enhancer> {
  return keepEnhancer({ ...treatment, threads, maxMemoryBytes: treatment.maxMemoryBytes / workers });
}

/**
 * Decodes a photo and lights it. What only this needs, the photo and what was found of it, is free when the result is encoded.
 */
async function lightPhoto(bytes: Uint8Array, job: EnhanceJob, signal: AbortSignal) {
  const { photo: planned, treatment, port } = job;
  const { input, output } = planned;
  // libvips decodes on threads of its own, while this one loads the network.
  const [enhancer, photo] = await Promise.all([
    openEnhancer(job),
    decodePhoto(bytes, { name: input, maxMegapixels: treatment.maxMegapixels }),
  ]);
  // The ending of a result tells its format, whatever its photo's file holds.
  const format = formatOfPath(output) ?? (treatment.format === "keep" ? undefined : treatment.format);
  requireSides(input, photo.picture, format ?? photo.format);
  requireDepth(input, treatment.depth, format ?? ownFormat(photo, treatment.depth));
  await requireRawKept(photo, input, output);
  const depth = treatment.depth === "keep" ? photo.depth : treatment.depth;
  const { light, denoise, denoiseColour, keepHighlights } = treatment;
  const mask = await decodeMask(planned.mask, treatment);
  const isLightable = hasShades(photo.picture);
  const strengths = { denoise, denoiseColour, keepHighlights };
  const onProgress = (done: number) => port.postMessage(0.9 * done);
  const {
    photo: lit,
    light: reached,
    luminance = measureLuminance(photo, lit),
  } = await enhancer.enhance(photo, {
    ...{ depth, light, mask, ...strengths, signal, onProgress },
  });
  return { enhancer, lit, depth: photo.depth, format, light: reached, luminance, isLightable };
}

function measureLuminance(photo: Photo, lit: Photo): LuminanceChange {
  const transfer = transferOfProfile(photo.metadata.icc);
  const meanOf = ({ picture }: Photo) => meanLuminance(picture, transfer);
  return { before: meanOf(photo), after: meanOf(lit) };
}

/** The mask of all photos of a batch, which is decoded once. */
let batchMask: { readonly path: string; readonly picture: Promise<Picture> } | undefined;

/** The picture that says where the light acts: of the photo's own mask, or of the file that all photos share. */
async function decodeMask(own: Uint8Array | undefined, { mask: path, maxMegapixels }: Treatment) {
  if (own) return (await decodePhoto(own, { name: "mask", maxMegapixels })).picture;
  if (path === undefined) return undefined;
  if (batchMask?.path !== path) {
    batchMask = { path, picture: readPhoto(path, { maxMegapixels }).then(({ picture }) => picture) };
  }
  return batchMask.picture;
}

/** What a result takes from the file of its photo; in its place the owner, too. */
async function attributesOf(
  { mode, modified, owner }: FileContent,
  input: string,
  output: string,
  { keepTimes }: Treatment,
): Promise<FileAttributes> {
  const isInPlace = (await identity(input)) === (await identity(output));
  return { mode, modified: keepTimes ? modified : undefined, owner: isInPlace ? owner : undefined };
}

/** A raw holds more than any picture made of it, so that not even `--overwrite` replaces it. */
async function requireRawKept({ source }: Photo, input: string, output: string): Promise<void> {
  if (source !== "raw" || output === standardStream || (await identity(input)) !== (await identity(output))) return;
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
    : wanted === "keep" && photo.source === undefined && (photo.format !== written || extname(input) !== "");
  if (isMisnamed) return [`it holds ${names.from}, not what its name says; written as ${names.to}`];
  return photo.source && wanted === "keep" ? [`${names.from} is written as ${names.to}`] : [];
}
