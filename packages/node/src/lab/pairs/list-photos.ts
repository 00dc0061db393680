import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { readError } from "../../photo/file-errors.ts";
import { noPhotosError } from "../../photo/no-photos-error.ts";
import { isPhotoName } from "../../photo/photo-name.ts";

/**
 * Lists all photo files in a folder and below it, except hidden ones, in numeric order of their names (2 before 10).
 *
 * @throws {KindlingError} `not-found` or `unreadable`; `not-found` also where the folder holds no photo.
 * @example
 * for (const file of await listPhotos("holiday")) console.log(file);
 */
export async function listPhotos(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw readError(folder, cause);
  });
  const photos = entries
    .filter((entry) => !entry.isDirectory() && isPhotoName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(^|[\\/])\./.test(relative(folder, path)))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (photos.length === 0) {
    throw await noPhotosError(folder);
  }
  return photos;
}
