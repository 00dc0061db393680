import { KindlingError } from "@kindling/core";
import { comparePage, type ViewerPicture } from "@kindling/lab/internal";
import { readPhoto } from "../../photo/photo-file.ts";
import { previewUri } from "../../photo/preview-uri.ts";
import { requireFree } from "../../photo/require-free.ts";
import { writeText } from "../../photo/write-text.ts";
import { readPageScripts } from "./read-page-scripts.ts";

/** Options of `writeComparison`. */
export interface WriteComparisonOptions {
  /** Longer side of the pictures in the page, in pixels. */
  readonly side: number;
  /** Larger photos fail. */
  readonly maxMegapixels: number;
  /** Whether the page may replace a file; default false. */
  readonly overwrite?: boolean | undefined;
  /** Called for each photo that cannot be read; the page leaves it out. */
  readonly onFailure: (error: KindlingError) => void;
}

/**
 * Writes a page that shows photos side by side, and returns how many photos it shows.
 *
 * @throws {KindlingError} `exists` where a file `out` is there; `not-a-photo` where it is no regular file; `unwritable`, `disk-full`, or `not-found` where fewer than two photos can be read.
 * @example
 * const onFailure = (error: Error) => console.error(error.message);
 * await writeComparison(["dark.jpg", "lit.jpg"], "compare.html", { side: 1200, maxMegapixels: 200, onFailure });
 */
export async function writeComparison(
  files: readonly string[],
  out: string,
  { side, maxMegapixels, overwrite = false, onFailure }: WriteComparisonOptions,
): Promise<number> {
  await requireFree(out, overwrite);
  const pictures: ViewerPicture[] = [];
  const labels = shortenPaths(files);
  for (const [i, file] of files.entries()) {
    try {
      const photo = await readPhoto(file, { maxMegapixels });
      const { width, height } = photo.picture;
      pictures.push({ label: labels[i] ?? file, uri: await previewUri(photo, side), caption: `${width} × ${height}` });
    } catch (error) {
      if (!(error instanceof KindlingError)) throw error;
      onFailure(error);
    }
  }
  if (pictures.length < 2) {
    throw new KindlingError("not-found", "Fewer than two photos could be read: nothing to compare.");
  }
  await writeText(out, comparePage(pictures, await readPageScripts()));
  return pictures.length;
}

/** Shortens paths by the folders that they have in common. */
function shortenPaths(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[/\\]/));
  const [first = []] = parts;
  const differsAt = first.findIndex((part, i) => parts.some((other) => other[i] !== part));
  const kept = Math.min(differsAt < 0 ? Number.POSITIVE_INFINITY : differsAt, ...parts.map(({ length }) => length - 1));
  return parts.map((each) => each.slice(kept).join("/"));
}
