import type { EncodedPhoto, SampleDepth } from "@kindling/core";
import { partNames } from "@kindling/core/internal";

/** What a photo lost by being written in a format, as sentences for the user. */
export function noteLosses(cameWith: SampleDepth, { depth, format, leftOut }: Omit<EncodedPhoto, "bytes">): string[] {
  const name = format.toUpperCase();
  const notes = leftOut.map((part) => `${name} has no room for its ${partNames[part]}`);
  if (cameWith === 16 && depth < 16) notes.push(`${depth} bits a sample are all ${name} holds`);
  return notes;
}
