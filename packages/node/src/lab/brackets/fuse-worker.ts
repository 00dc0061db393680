import { readFile } from "node:fs/promises";
import { follow, fuseExposures, type Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { opaqueRgb } from "@kindling/lab/internal";
import type { FinishedFile, Job, JobOutcome } from "../../batch/job.ts";
import { runJob } from "../../batch/run-job.ts";
import { limitCodecThreads } from "../../photo/codec-threads.ts";
import { encodePhoto } from "../../photo/encode.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { discardFile, stageFile } from "../../photo/write-file.ts";
import { meanLumaOf } from "./mean-luma.ts";
import type { FusedScene, PlannedScene, SceneTreatment } from "./scene-pair.ts";

type FuseJob = Job<PlannedScene, SceneTreatment>;

/** Fuses one scene from files to staged files on a worker thread; piscina calls it. */
export async function fuseOnWorker(job: FuseJob): Promise<JobOutcome<FusedScene>> {
  return runJob(job, fuseScene);
}

async function fuseScene({ photo, treatment, threads, port }: FuseJob, signal: AbortSignal): Promise<FusedScene> {
  const startedAt = performance.now();
  limitCodecThreads(threads);
  const { weights, format, maxMegapixels } = treatment;
  const pictures: Picture[] = [];
  let icc: Uint8Array | undefined;
  for (const { input } of photo.frames) {
    throwIfCancelled(signal);
    const { picture, metadata } = await readPhoto(input, { maxMegapixels });
    icc ??= metadata.icc;
    pictures.push(opaqueRgb(picture));
  }
  const onProgress = (share: number) => port.postMessage(0.2 + 0.7 * share);
  const fused = await follow(fuseExposures(pictures, weights), { signal, onProgress });

  const files: FinishedFile[] = [];
  const stage = async (path: string, bytes: Uint8Array) => {
    files.push({ staged: await stageFile(path, bytes), bytes: bytes.length });
  };
  try {
    const metadata = icc ? { icc } : {};
    const asFile = { picture: fused, metadata, format, depth: 8, lossless: true, notes: [] } as const;
    await stage(photo.output, (await encodePhoto(asFile, {})).bytes);
    for (const { input, low } of photo.frames) await stage(low, await readFile(input));
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
