import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { writePhoto } from "@kindling/node";
import { sampleMetadata, samplePicture } from "./sample-photo.ts";

/** Writes a small dark photo with metadata of every kind; its format follows the path. */
export async function writeDarkPhoto(
  path: string,
  { width = 60, height = 40, depth = 8 as 8 | 16 } = {},
): Promise<void> {
  const bright = samplePicture(width, height, 3, depth);
  const picture = { ...bright, samples: bright.samples.map((sample) => sample * 0.2) };
  mkdirSync(dirname(path), { recursive: true });
  await writePhoto(
    { picture, metadata: await sampleMetadata(), format: "jpeg", depth, lossless: false, notes: [] },
    path,
  );
}
