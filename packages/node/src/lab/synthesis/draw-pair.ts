import { readFile } from "node:fs/promises";
import type { Photo, Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { type DrawnPair, decodeRadiance, drawBlankFrame, drawLampScene, drawPanoramaPair } from "@kindling/lab";
import type { Job } from "../../batch/job.ts";
import { limitCodecThreads } from "../../photo/codec-threads.ts";
import { readError } from "../../photo/file-errors.ts";
import { compressAsJpeg } from "./compress-as-jpeg.ts";
import type { DarkPair, PairTreatment, PlannedPair } from "./dark-pair.ts";
import { stagePair } from "./stage-pair.ts";

/** Draws the pair of a plain scene or of a view of a panorama, to staged files. */
export async function drawPair(
  { photo, treatment, threads }: Job<PlannedPair, PairTreatment>,
  signal: AbortSignal,
): Promise<DarkPair> {
  const startedAt = performance.now();
  limitCodecThreads(threads);
  const { low, normal, shot, scene } = await drawScene(photo, treatment);
  throwIfCancelled(signal);
  const asFile = (picture: Picture): Photo => {
    return { picture, metadata: {}, format: treatment.format, depth: 8, lossless: true, notes: [] };
  };
  const dark = shot.jpegQuality > 0 ? await compressAsJpeg(low, shot.jpegQuality, shot.jpegChroma) : low;
  const files = await stagePair(photo, asFile(dark), asFile(normal));
  return {
    files,
    normal: photo.companions[0],
    megapixels: (normal.width * normal.height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    exposureEv: shot.camera.exposureEv,
    kind: shot.kind,
    noise: shot.camera.noise.a,
    kelvin: shot.kelvin,
    jpegQuality: shot.jpegQuality,
    scene,
  };
}

async function drawScene({ subject, input, drawnFor }: PlannedPair, treatment: PairTreatment): Promise<DrawnPair> {
  const { seed, ranges, viewSide } = treatment;
  if (subject === "blank-frame") return drawBlankFrame(seed, drawnFor);
  if (subject === "lamp-scene") return drawLampScene(seed, drawnFor);
  const bytes = await readFile(input).catch((cause) => {
    throw readError(input, cause);
  });
  return drawPanoramaPair(decodeRadiance(bytes, input), ranges, seed, drawnFor, viewSide);
}
