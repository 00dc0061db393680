import type { PhotoFormat, SampleDepth } from "@kindling/core";
import { type MapName, photoMaps } from "../enhance/photo-maps.ts";
import { decodePhoto } from "../photo/decode.ts";
import { encodePhoto } from "../photo/encode.ts";
import type { Treatment } from "./enhancement.ts";
import type { Job, JobOutcome } from "./job.ts";
import { keepEnhancer } from "./kept-enhancers.ts";
import { runJob } from "./run-job.ts";

/** A photo to split into maps, and the maps wanted. */
export interface MapsPhoto {
  readonly input: string;
  readonly content: Uint8Array;
  readonly wanted: readonly MapName[];
}

/** How a photo is split. */
export interface MapsTreatment
  extends Pick<Treatment, "method" | "settings" | "models" | "device" | "maxMemoryBytes" | "maxMegapixels"> {
  readonly format: PhotoFormat;
  readonly depth: SampleDepth;
}

/** The files of a photo's maps, by name. */
export interface EncodedMaps {
  readonly files: Partial<Readonly<Record<MapName, Uint8Array>>>;
  readonly megapixels: number;
}

type MapsJob = Job<MapsPhoto, MapsTreatment>;

/** Splits one photo, from its content to the content of its maps, on a worker thread; piscina calls it. */
export async function splitOnWorker(job: MapsJob): Promise<JobOutcome<EncodedMaps>> {
  return runJob(job, splitPhoto);
}

async function splitPhoto(
  { photo: { input, content, wanted }, treatment, threads, workers, port }: MapsJob,
  signal: AbortSignal,
): Promise<EncodedMaps> {
  const { format, depth, maxMegapixels } = treatment;
  const enhancer = await keepEnhancer({ ...treatment, threads, maxMemoryBytes: treatment.maxMemoryBytes / workers });
  const photo = await decodePhoto(content, { name: input, maxMegapixels });
  const onProgress = (done: number) => port.postMessage(0.9 * done);
  const maps = photoMaps(await enhancer.analyse(photo, { signal, onProgress }), photo);
  const files: Partial<Record<MapName, Uint8Array>> = {};
  for (const name of wanted) {
    const map = maps[name];
    if (map) files[name] = (await encodePhoto(map, { format, depth })).bytes;
  }
  return { files, megapixels: (photo.picture.width * photo.picture.height) / 1e6 };
}
