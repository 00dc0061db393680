import type { Photo, Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { type DrawnPair, decodeRadiance, drawBlankFrame, drawLampScene, drawPanoramaPair } from "@kindling/lab";
import type { Job } from "../../batch/job.ts";
import { readRegularFile } from "../../photo/regular-file.ts";
import { compressAsJpeg } from "./compress-as-jpeg.ts";
import type { DarkPair, PairTreatment, PlannedPair } from "./dark-pair.ts";
import { type PairSource, stagePair } from "./stage-pair.ts";

/** Draws the pair of a plain scene or of a view of a panorama, to staged files. */
export async function drawPair(
  { photo, treatment }: Job<PlannedPair, PairTreatment>,
  signal: AbortSignal,
): Promise<DarkPair> {
  const startedAt = performance.now();
  const { low, normal, shot, scene, source } = await drawScene(photo, treatment);
  throwIfCancelled(signal);
  const asFile = (picture: Picture): Photo => {
    return { picture, metadata: {}, format: treatment.format, depth: 8, lossless: true, notes: [] };
  };
  const dark = shot.jpegQuality > 0 ? await compressAsJpeg(low, shot.jpegQuality, shot.jpegChroma) : low;
  const files = await stagePair(photo, asFile(dark), asFile(normal), source);
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

async function drawScene(
  { subject, input, drawnFor }: PlannedPair,
  { seed, ranges, viewSide }: PairTreatment,
): Promise<DrawnPair & { readonly source: PairSource }> {
  if (subject === "blank-frame") return { ...drawBlankFrame(seed, drawnFor), source: { sha256: "" } };
  if (subject === "lamp-scene") return { ...drawLampScene(seed, drawnFor), source: { sha256: "" } };
  const source = await readRegularFile(input);
  return { ...drawPanoramaPair(decodeRadiance(source.bytes, input), ranges, seed, drawnFor, viewSide), source };
}
