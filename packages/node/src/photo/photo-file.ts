import type { DecodeOptions, EncodedPhoto, EncodeOptions, Photo } from "@kindling/core";
import { requireEncoding, requireText } from "@kindling/core/internal";
import { decodePhoto } from "./decode.ts";
import { encodePhoto } from "./encode.ts";
import { formatOfPath, requireLikeEnding, requireWritableEnding } from "./format-of-path.ts";
import { readRegularFile } from "./regular-file.ts";
import { commitFile, stageFile } from "./write-file.ts";

/**
 * Reads a photo file: JPEG, PNG, WebP, AVIF, TIFF, HEIC, JPEG XL, BMP or a camera's raw, which is developed.
 *
 * @throws {KindlingError} with the file's name, the reason and the remedy: `not-found`, `unreadable`, `not-a-photo`,
 * `unsupported`, `damaged` or `too-large`; `invalid-option` for a path that is no text.
 * @example
 * const { picture, metadata } = await readPhoto("night.jpg", { maxMegapixels: 50 });
 * console.log(picture.width, picture.height, metadata.exif?.length);
 */
export async function readPhoto(path: string, options: Omit<DecodeOptions, "name"> = {}): Promise<Photo> {
  requireText("path", path, "the path of a photo file, whose bytes decodePhoto would take");
  const { bytes } = await readRegularFile(path);
  return decodePhoto(bytes, { ...options, name: path });
}

/**
 * Writes a photo file whole or not at all, over an older one of that name.
 * The default format is that of the path's ending, or of the photo if the ending is none of a photo.
 *
 * @throws {KindlingError} `unwritable`, `disk-full`, `too-large` for a side or `invalid-option` for a
 * format, depth or quality out of its range, an ending that Kindling cannot write, or one that contradicts the format.
 * @example
 * await writePhoto(photo, "enhanced/night.png", { depth: 16 });
 */
export async function writePhoto(photo: Photo, path: string, options: EncodeOptions = {}): Promise<EncodedPhoto> {
  requireText("path", path, "the path of a file");
  requireEncoding(options);
  if (!options.format) requireWritableEnding(path, "path");
  requireLikeEnding({ name: "path", path }, { name: "format", format: options.format });
  const encoded = await encodePhoto(photo, { ...options, format: options.format ?? formatOfPath(path) });
  await commitFile(await stageFile(path, encoded.bytes));
  return encoded;
}
