import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { PhotoSource } from "@kindling/lab";
import { readPhoto } from "../../photo/photo-file.ts";
import { encodePreview } from "../../photo/preview.ts";
import { findPairs } from "../pairs/find-pairs.ts";
import { listPhotos } from "../pairs/list-photos.ts";
import { openBatches } from "./open-batches.ts";

/** Photos on the disk as a source for training; names are paths. */
export const diskPhotos: PhotoSource = {
  findPairs,
  listPhotos,
  readPhoto: (path) => readPhoto(path),
  openBatches,
  async locate(source) {
    const known = await stat(source).catch(() => undefined);
    return known && resolve(source);
  },
  encodePreview: (picture, sidePx) =>
    encodePreview({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, sidePx),
};
