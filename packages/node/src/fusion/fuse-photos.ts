import {
  type EncodeOptions,
  type FollowOptions,
  type FusionWeights,
  follow,
  fuseExposures,
  KindlingError,
  type Photo,
} from "@kindling/core";
import { throwIfCancelled, within, workingFormOf } from "@kindling/core/internal";
import { readPhoto, writePhoto } from "../photo/photo-file.ts";
import { requireFree } from "../photo/require-free.ts";
import { requireLikePhoto } from "./require-like-photo.ts";

/** How photos are fused. */
export interface FusePhotosOptions extends FollowOptions, EncodeOptions {
  readonly weights?: FusionWeights | undefined;
  /** Refuses larger photos; default 200. */
  readonly maxMegapixels?: number | undefined;
  /** Whether the result may replace a file; default false. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Fuses exposures of one scene into one photo, and writes it. Metadata and profile are those of the first photo.
 *
 * @param files two or more photos of one size and colour profile, taken from one place: they are not aligned.
 * @throws {KindlingError} `invalid-option` for fewer than two photos, or photos of different sizes or profiles, each
 * named; `exists` where a file `out` is there; `not-a-photo` where it is no regular file; what reading and writing photos throws; `cancelled`.
 * @example
 * await fusePhotos(["short.jpg", "long.jpg"], "fused.jpg");
 */
export async function fusePhotos(
  files: readonly string[],
  out: string,
  { weights, maxMegapixels, overwrite = false, signal, onProgress, ...encoding }: FusePhotosOptions = {},
): Promise<void> {
  if (files.length < 2) {
    throw new KindlingError(
      "invalid-option",
      `photos: expected two or more exposures of a scene; got ${files.length}.`,
    );
  }
  await requireFree(out, overwrite);
  const photos: Photo[] = [];
  for (const file of files) {
    throwIfCancelled(signal);
    const photo = await readPhoto(file, maxMegapixels === undefined ? {} : { maxMegapixels });
    requireLikePhoto(photo, file, photos[0] ?? photo, files[0] ?? file);
    photos.push(photo);
  }
  const [first] = photos as [Photo, ...Photo[]];
  const depth = photos.some((photo) => photo.depth === 16) ? 16 : 8;
  const form = workingFormOf(first.metadata.icc);
  const exposures = photos.map(({ picture }) => form.enter(picture));
  const steps = within(0, 0.9, fuseExposures(exposures, weights));
  const picture = form.leave(await follow(steps, { signal, onProgress }));
  await writePhoto({ ...first, picture, depth }, out, encoding);
  onProgress?.(1);
}
