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

/** The format a file's ending stands for, or nothing if it is not one Kindling writes. */
export function formatOfPath(path: string): PhotoFormat | undefined {
  return formatOfEnding[extname(path).toLowerCase()];
}
