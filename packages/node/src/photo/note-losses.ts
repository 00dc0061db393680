import type { EncodedPhoto, EncodeOptions, Photo, PhotoFormat } from "@kindling/core";
import { partNames } from "@kindling/core/internal";

/** What was asked for in a result: what is lost by a wish needs no note. */
interface Asked {
  readonly depth?: EncodeOptions["depth"] | "keep";
  readonly format?: PhotoFormat | "keep";
}

/** What a photo lost by being written in a format, and which part is the old one, as sentences for the user. */
export function noteLosses(
  photo: Photo,
  { depth, format, leftOut }: Omit<EncodedPhoto, "bytes">,
  { depth: askedDepth = "keep", format: askedFormat = "keep" }: Asked = {},
): string[] {
  const name = format.toUpperCase();
  const notes = leftOut.map((part) => `${name} has no room for its ${partNames[part]}`);
  if (photo.metadata.video && !leftOut.includes("video"))
    notes.push("the video of this motion photo is kept as it was");
  if (photo.depth === 16 && depth < 16 && askedDepth !== 8) {
    const remedy = photo.source && askedFormat === "keep" ? "; depth 16 writes a TIFF" : "";
    notes.push(`${depth} bits a sample are all ${name} holds${remedy}`);
  }
  return notes;
}
