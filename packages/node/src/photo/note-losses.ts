import type { EncodedPhoto, Photo } from "@kindling/core";
import { partNames } from "@kindling/core/internal";

/** What a photo lost by being written in a format, and which part is the old one, as sentences for the user. */
export function noteLosses(photo: Photo, { depth, format, leftOut }: Omit<EncodedPhoto, "bytes">): string[] {
  const name = format.toUpperCase();
  const notes = leftOut.map((part) => `${name} has no room for its ${partNames[part]}`);
  if (photo.metadata.video && !leftOut.includes("video"))
    notes.push("the video of this motion photo is kept as it was");
  if (photo.depth === 16 && depth < 16) {
    notes.push(`${depth} bits a sample are all ${name} holds${photo.source ? "; --depth 16 writes a TIFF" : ""}`);
  }
  return notes;
}
