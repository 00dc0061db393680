import { extname } from "node:path";
import type { PhotoFormat } from "@kindling/core";

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

/** Finds the format of a file by its ending; undefined if Kindling does not write it. */
export function formatOfPath(path: string): PhotoFormat | undefined {
  return formatOfEnding[extname(path).toLowerCase()];
}
