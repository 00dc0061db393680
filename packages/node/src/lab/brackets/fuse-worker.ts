import { follow, fuseExposures, type Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { opaqueRgb } from "@kindling/lab/internal";
import type { FinishedFile, Job, JobOutcome } from "../../batch/job.ts";
import { combineSha256 } from "../../batch/journal.ts";
import { runJob } from "../../batch/run-job.ts";
import { decodePhoto } from "../../photo/decode.ts";
import { encodePhoto } from "../../photo/encode.ts";
import { type FileContent, readRegularFile, sha256Of } from "../../photo/regular-file.ts";
import { discardFile, stageFile } from "../../photo/write-file.ts";
import { meanLumaOf } from "./mean-luma.ts";
import type { FusedScene, PlannedScene, SceneTreatment } from "./scene-pair.ts";

type FuseJob = Job<PlannedScene, SceneTreatment>;

/** Fuses one scene from files to staged files on a worker thread; piscina calls it. */
export async function fuseOnWorker(job: FuseJob): Promise<JobOutcome<FusedScene>> {
  return runJob(job, fuseScene);
}

async function fuseScene({ photo, treatment, port }: FuseJob, signal: AbortSignal): Promise<FusedScene> {
  const startedAt = performance.now();
  const { weights, format, maxMegapixels } = treatment;
  const pictures: Picture[] = [];
  // Their files stay in memory, so that the copies are of what was fused.
  const frames: (FileContent & { readonly low: string })[] = [];
  let icc: Uint8Array | undefined;
  for (const { input, low } of photo.frames) {
    throwIfCancelled(signal);
    const file = await readRegularFile(input);
    const { picture, metadata } = await decodePhoto(file.bytes, { name: input, maxMegapixels });
    frames.push({ ...file, low });
    icc ??= metadata.icc;
    pictures.push(opaqueRgb(picture));
  }
  const onProgress = (share: number) => port.postMessage(0.2 + 0.7 * share);
  const fused = await follow(fuseExposures(pictures, weights), { signal, onProgress });

  const files: FinishedFile[] = [];
  const sourceSha256 = combineSha256(frames.map(({ sha256 }) => sha256));
  // The fused picture may be read by whom all frames may.
  const commonMode = frames.reduce((common, { mode }) => common & mode, 0o777);
  const stage = async (path: string, bytes: Uint8Array, mode: number) => {
    files.push({ staged: await stageFile(path, bytes, { mode }), sha256: sha256Of(bytes), sourceSha256 });
  };
  try {
    const metadata = icc ? { icc } : {};
    const asFile = { picture: fused, metadata, format, depth: 8, lossless: true, notes: [] } as const;
    await stage(photo.output, (await encodePhoto(asFile, {})).bytes, commonMode);
    for (const { low, bytes, mode } of frames) await stage(low, bytes, mode);
  } catch (error) {
    for (const { staged } of files) await discardFile(staged);
    throw error;
  }
  return {
    files,
    frames: pictures.length,
    megapixels: (pictures.length * fused.width * fused.height) / 1e6,
    meanLuma: meanLumaOf(fused),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
