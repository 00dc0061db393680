import { extname } from "node:path";
import { KindlingError, type PhotoFormat, photoFormats, type SampleDepth } from "@kindling/core";
import { isRawName } from "@kindling/core/internal";

const formatOfEnding: Readonly<Record<string, PhotoFormat>> = {
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".jpe": "jpeg",
  ".jfif": "jpeg",
  ".png": "png",
  ".webp": "webp",
  ".avif": "avif",
  ".tif": "tiff",
  ".tiff": "tiff",
};

/** Endings of pictures that are not written; raws are known by `isRawName`. */
const unwritableEndings = /\.(heic|heif|hif|jxl|bmp|dib|gif|jp2|j2k|jpx|psd|svg|ico|exr|hdr|pdf|tga|pnm|ppm|apng)$/i;

/** Finds the format of a file by its ending; undefined if Kindling does not write it. */
export function formatOfPath(path: string): PhotoFormat | undefined {
  return formatOfEnding[extname(path).toLowerCase()];
}

/**
 * Checks that a path named for a result does not have the ending of a picture that Kindling does not write.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireWritableEnding(path: string, option: string): void {
  if (!unwritableEndings.test(path) && !isRawName(path)) return;
  throw new KindlingError(
    "invalid-option",
    `${option} ${path}: expected the ending of a format Kindling writes (${photoFormats.join(", ")}) or a folder; got ${extname(path)}.`,
  );
}

/**
 * Checks that the ending of a result's name does not contradict the format wanted; an ending of no photo format contradicts none.
 *
 * @throws {KindlingError} `invalid-option`, with both options by the names they have for the caller.
 */
export function requireLikeEnding(
  out: { readonly name: string; readonly path: string },
  wanted: { readonly name: string; readonly format: PhotoFormat | "keep" | undefined },
): void {
  const ending = formatOfPath(out.path);
  if (!ending || !wanted.format || wanted.format === "keep" || wanted.format === ending) return;
  throw new KindlingError(
    "invalid-option",
    `${out.name} ${out.path} and ${wanted.name} ${wanted.format} contradict each other. Give one of them.`,
  );
}

/**
 * Format in which the result of a photo is written by default: that of its name's ending, PNG for a bitmap or what is
 * named as a GIF, and for raw, HEIC and JPEG XL JPEG, or TIFF where 16 bits are wanted. Undefined if the name tells none.
 */
export function formatOfResult(path: string, depth: SampleDepth | "keep"): PhotoFormat | undefined {
  const own = formatOfPath(path);
  if (own) return own;
  if (/\.(bmp|dib|gif|apng)$/i.test(path)) return "png";
  if (!/\.(heic|heif|hif|jxl)$/i.test(path) && !isRawName(path)) return undefined;
  return depth === 16 ? "tiff" : "jpeg";
}
