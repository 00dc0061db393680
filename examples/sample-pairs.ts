import { fileURLToPath } from "node:url";
import { samplePhotos } from "./sample-photos.ts";

/** A dark photo and the same scene well exposed. */
export interface SamplePair {
  readonly name: string;
  /** File of the dark photo: JPEG, or 16-bit PNG. */
  readonly photo: string;
  /** File of the reference: JPEG, stored upright. */
  readonly reference: string;
}

/** The project's own dark photos with their references. */
export const samplePairs: readonly SamplePair[] = samplePhotos.map(({ name, format }) => ({
  name,
  photo: pathOf(`./photos/${name}.${format === "jpg" ? "jpg" : "png"}`),
  reference: pathOf(`./references/${name}.jpg`),
}));

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
