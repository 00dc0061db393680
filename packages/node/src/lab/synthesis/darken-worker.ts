import type { Photo, Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { drawDarkShot, lightLamps, takeDarkShot } from "@kindling/lab";
import { opaqueRgb } from "@kindling/lab/internal";
import type { Job, JobOutcome } from "../../batch/job.ts";
import { runJob } from "../../batch/run-job.ts";
import { decodePhoto } from "../../photo/decode.ts";
import { readRegularFile } from "../../photo/regular-file.ts";
import { compressAsJpeg } from "./compress-as-jpeg.ts";
import type { DarkPair, PairTreatment, PlannedPair } from "./dark-pair.ts";
import { drawPair } from "./draw-pair.ts";
import { reducePicture } from "./reduce-picture.ts";
import { stagePair } from "./stage-pair.ts";

type DarkenJob = Job<PlannedPair, PairTreatment>;

/** Makes one pair to staged files on a worker thread; piscina calls it. */
export async function makePairOnWorker(job: DarkenJob): Promise<JobOutcome<DarkPair>> {
  return runJob(job, job.photo.subject === "photo" ? darkenFile : drawPair);
}

async function darkenFile({ photo, treatment, port }: DarkenJob, signal: AbortSignal): Promise<DarkPair> {
  const startedAt = performance.now();
  const { ranges, seed, format, side, maxMegapixels } = treatment;
  const file = await readRegularFile(photo.input);
  const good = await decodePhoto(file.bytes, { name: photo.input, maxMegapixels });
  const picture = side === undefined ? good.picture : await reducePicture(good.picture, side);
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
  const recorded = opaqueRgb(takeDarkShot(picture, shot));
  throwIfCancelled(signal);
  port.postMessage(0.7);
  const dark = shot.jpegQuality > 0 ? await compressAsJpeg(recorded, shot.jpegQuality, shot.jpegChroma) : recorded;

  const files = await stagePair(photo, asFile(dark), asFile(opaqueRgb(lightLamps(picture, shot))), file);
  return {
    files,
    normal: photo.companions[0],
    megapixels: (picture.width * picture.height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    exposureEv: shot.camera.exposureEv,
    kind: shot.kind,
    noise: shot.camera.noise.a,
    kelvin: shot.kelvin,
    jpegQuality: shot.jpegQuality,
  };
}
