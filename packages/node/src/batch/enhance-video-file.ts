import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join, parse } from "node:path";
import { type Enhancer, KindlingError } from "@kindling/core";
import { readError } from "../photo/file-errors.ts";
import { sha256OfFile } from "../photo/regular-file.ts";
import { type FileAttributes, stageBy } from "../photo/write-file.ts";
import { enhanceClip, type LitClip } from "../video/enhance-clip.ts";
import { containerOfPath } from "../video/video-format.ts";
import type { Enhancement, Treatment } from "./enhancement.ts";
import type { Job, JobProgress } from "./job.ts";
import type { PlannedPhoto } from "./planned-photo.ts";

/** Enhances one video from file to staged file on a worker thread. */
export async function enhanceVideoFile(
  enhancer: Enhancer,
  { photo: { input, output }, treatment, port }: Job<PlannedPhoto, Treatment>,
  signal: AbortSignal,
): Promise<Enhancement> {
  const startedAt = performance.now();
  const {
    light,
    denoise,
    denoiseColour,
    keepHighlights,
    depth,
    maxMegapixels,
    stripGps,
    video = {},
    identity,
  } = treatment;
  const container = containerOfPath(output);
  if (!container) throw new KindlingError("internal", `${output}: a video without a container.`);
  if (treatment.mask !== undefined) {
    throw new KindlingError("invalid-option", `--mask: ${input} is a video, and masks are for photos.`);
  }
  const sourceSha256 = await sha256OfFile(input);
  let clip: LitClip | undefined;
  const { dir, name, ext } = parse(output);
  const part = video.keepPart ? join(dir, `${name}.part${ext}`) : undefined;
  const staged = await stageBy(output, await attributesOf(input, treatment), async (partial) => {
    clip = await enhanceClip(enhancer, {
      ...{ ...video, input, partial, output, container, depth, maxMegapixels, stripGps, part, signal },
      lighting: { light, denoise, denoiseColour, keepHighlights, denoiseOverTime: video.denoiseOverTime },
      onProgress: (progress) => port.postMessage(progress satisfies JobProgress),
      resume: identity === undefined ? undefined : { folder: workFolderOf(output), key: `${sourceSha256} ${identity}` },
      onNotice: (notice) => port.postMessage({ notice } satisfies JobProgress),
    });
  });
  if (!clip) throw new KindlingError("internal", `${input}: nothing was written.`);
  return {
    ...clip,
    format: container,
    files: [{ staged, sha256: await sha256OfFile(staged.partial), sourceSha256 }],
    bytes: (await stat(staged.partial)).size,
    seconds: (performance.now() - startedAt) / 1000,
    method: enhancer.method,
  };
}

/** The hidden folder beside a result in which a run keeps what it has done of a long video. */
function workFolderOf(output: string): string {
  const { dir, base } = parse(output);
  const name = Buffer.byteLength(base) < 120 ? base : createHash("sha256").update(base).digest("hex").slice(0, 32);
  return join(dir, `.${name}.kindling-work`);
}

async function attributesOf(input: string, { keepTimes }: Treatment): Promise<FileAttributes> {
  const known = await stat(input).catch((cause) => {
    throw readError(input, cause);
  });
  return { mode: known.mode & 0o777, modified: keepTimes ? known.mtime : undefined };
}
