import {
  type EncodeOptions,
  type FollowOptions,
  KindlingError,
  type MergedFrame,
  mergeBurst,
  type Photo,
  type Picture,
} from "@kindling/core";
import { throwIfCancelled, type WorkingForm, workingFormOf } from "@kindling/core/internal";
import { formatOfPath } from "../photo/format-of-path.ts";
import { readPhoto, writePhoto } from "../photo/photo-file.ts";
import { requireFree } from "../photo/require-free.ts";
import { requireLikePhoto } from "./require-like-photo.ts";

/** How a burst is merged. */
export interface MergePhotosOptions extends FollowOptions, EncodeOptions {
  /** Refuses larger photos; default 200. */
  readonly maxMegapixels?: number | undefined;
  /** Whether the result may replace a file; default false. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Merges a burst of photos of one scene into one with less noise (`mergeBurst`), and writes it with the metadata and profile
 * of the first, in 16 bits where the format holds them. Photos are read one at a time.
 *
 * @param files two or more photos of one size and colour profile, from the same hand-held camera: JPEG, HEIC, raw and all
 * others that are read. The first decides what is seen where something moved.
 * @returns how each photo after the first was merged.
 * @throws {KindlingError} `invalid-option` for fewer than two photos, or photos of different sizes or profiles, each
 * named; `exists` where a file `out` is there; `not-a-photo` where it is no regular file; what reading and writing photos throws; `cancelled`.
 * @example
 * const merged = await mergePhotos(["IMG_1.dng", "IMG_2.dng", "IMG_3.dng"], "night.tif");
 */
export async function mergePhotos(
  files: readonly string[],
  out: string,
  { maxMegapixels, overwrite = false, signal, onProgress, ...encoding }: MergePhotosOptions = {},
): Promise<readonly MergedFrame[]> {
  const [first] = files;
  if (first === undefined || files.length < 2) {
    throw new KindlingError("invalid-option", `photos: expected two or more of a burst; got ${files.length}.`);
  }
  await requireFree(out, overwrite);
  const reading = maxMegapixels === undefined ? {} : { maxMegapixels };
  const photo = await readPhoto(first, reading);
  const form = workingFormOf(photo.metadata.icc);
  const merged = await mergeBurst(readPictures(files, photo, form, reading, signal), {
    transfer: form.transfer,
    count: files.length,
    signal,
    onProgress: onProgress && ((done) => onProgress(0.95 * done)),
  });
  // The mean of several photos lies between the levels of 8 bits.
  const depth = encoding.depth ?? (holds16Bits(out, photo) ? 16 : undefined);
  await writePhoto({ ...photo, depth: depth ?? photo.depth, picture: form.leave(merged.picture) }, out, {
    ...encoding,
    depth,
  });
  onProgress?.(1);
  return merged.frames;
}

async function* readPictures(
  files: readonly string[],
  first: Photo,
  form: WorkingForm,
  reading: { readonly maxMegapixels?: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Picture, void, undefined> {
  yield form.enter(first.picture);
  for (const file of files.slice(1)) {
    throwIfCancelled(signal);
    const photo = await readPhoto(file, reading);
    requireLikePhoto(photo, file, first, files[0] ?? file);
    yield form.enter(photo.picture);
  }
}

function holds16Bits(out: string, { format }: Photo): boolean {
  const written = formatOfPath(out) ?? format;
  return written === "png" || written === "tiff" || written === "avif";
}
