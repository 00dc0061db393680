import { comparePage, type ViewerPicture } from "@kindling/lab";
import { KindlingError, readPhoto } from "@kindling/node";
import { readPageScripts } from "@kindling/node/lab";
import { writeText } from "../write-text.ts";
import { previewUri } from "./preview-uri.ts";

/**
 * Writes the page that shows photos side by side. Photos that cannot be read are told and left out.
 *
 * @returns whether all of them are in it.
 * @throws {KindlingError} `unwritable`, `disk-full`, or `not-found` where fewer than two photos can be read.
 */
export async function writeComparison(
  files: readonly string[],
  out: string,
  { side, maxMegapixels }: { readonly side: number; readonly maxMegapixels: number },
): Promise<boolean> {
  const pictures: ViewerPicture[] = [];
  const labels = withoutCommonFolders(files);
  for (const [i, file] of files.entries()) {
    try {
      const photo = await readPhoto(file, { maxMegapixels });
      const { width, height } = photo.picture;
      pictures.push({ label: labels[i] ?? file, uri: await previewUri(photo, side), caption: `${width} × ${height}` });
    } catch (error) {
      if (!(error instanceof KindlingError)) throw error;
      process.stderr.write(`failed: ${error.message}\n`);
    }
  }
  if (pictures.length < 2)
    throw new KindlingError("not-found", "Fewer than two photos could be read: nothing to compare.");
  await writeText(out, comparePage(pictures, await readPageScripts()));
  process.stdout.write(`${out}: ${pictures.length} photos side by side. Open it in a browser.\n`);
  return pictures.length === files.length;
}

/** Paths without the folders they all begin with. */
function withoutCommonFolders(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[/\\]/));
  const [first = []] = parts;
  const differsAt = first.findIndex((part, i) => parts.some((other) => other[i] !== part));
  const kept = Math.min(differsAt < 0 ? Number.POSITIVE_INFINITY : differsAt, ...parts.map(({ length }) => length - 1));
  return parts.map((each) => each.slice(kept).join("/"));
}
