import type { Photo, Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { drawDarkShot, takeDarkShot } from "@kindling/lab";
import { opaqueRgb } from "@kindling/lab/internal";
import type { FinishedFile, Job, JobOutcome } from "../../batch/job.ts";
import { runJob } from "../../batch/run-job.ts";
import { limitCodecThreads } from "../../photo/codec-threads.ts";
import { decodePhoto } from "../../photo/decode.ts";
import { encodePhoto } from "../../photo/encode.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { discardFile, stageFile } from "../../photo/write-file.ts";
import type { DarkPair, PairTreatment, PlannedPair } from "./dark-pair.ts";

type DarkenJob = Job<PlannedPair, PairTreatment>;

/** Makes one pair from file to staged files on a worker thread; piscina calls it. */
export async function darkenOnWorker(job: DarkenJob): Promise<JobOutcome<DarkPair>> {
  return runJob(job, darkenFile);
}

async function darkenFile({ photo, treatment, threads, port }: DarkenJob, signal: AbortSignal): Promise<DarkPair> {
  const startedAt = performance.now();
  limitCodecThreads(threads);
  const { ranges, seed, format, maxMegapixels } = treatment;
  const good = await readPhoto(photo.input, { maxMegapixels });
  const picture = opaqueRgb(good.picture);
  throwIfCancelled(signal);
  port.postMessage(0.2);
  const shot = drawDarkShot(ranges, seed, photo.drawnFor);
  // Samples need their profile; training data need no other metadata, least of all the place.
  const asFile = (samples: Picture): Photo => ({
    picture: samples,
    metadata: good.metadata.icc ? { icc: good.metadata.icc } : {},
    format,
    depth: 8,
    lossless: true,
    notes: [],
  });
  const recorded = asFile(takeDarkShot(picture, shot));
  throwIfCancelled(signal);
  port.postMessage(0.7);
  const dark = shot.jpegQuality > 0 ? asFile(await compressAsJpeg(recorded, shot.jpegQuality)) : recorded;

  const [normal] = photo.companions;
  const files: FinishedFile[] = [];
  try {
    for (const [path, content] of [
      [photo.output, dark],
      [normal, asFile(picture)],
    ] as const) {
      const { bytes } = await encodePhoto(content, {});
      files.push({ staged: await stageFile(path, bytes), bytes: bytes.length });
    }
  } catch (error) {
    for (const { staged } of files) await discardFile(staged);
    throw error;
  }
  return {
    files,
    normal,
    megapixels: (picture.width * picture.height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    exposureEv: shot.camera.exposureEv,
    iso: shot.camera.iso,
    kelvin: shot.kelvin,
    jpegQuality: shot.jpegQuality,
  };
}

/** Compresses the picture as a JPEG, with colours at full resolution, and decodes it again. */
async function compressAsJpeg(photo: Photo, quality: number): Promise<Picture> {
  const { bytes } = await encodePhoto(photo, { format: "jpeg", quality });
  return (await decodePhoto(bytes, { name: "the dark photo" })).picture;
}
