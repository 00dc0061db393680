import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { readError } from "../photo/file-errors.ts";
import { isPhotoName } from "../photo/photo-name.ts";

/**
 * The photos that lie directly in a folder, by their name without its ending, sorted.
 * Of several that differ in their ending alone, the first counts.
 *
 * @throws {KindlingError} `not-found` or `unreadable` where the folder cannot be listed.
 */
export async function photosOfFolder(folder: string): Promise<Map<string, string>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw readError(folder, cause);
  }
  const photos = names.filter((name) => isPhotoName(name) && !name.startsWith("."));
  photos.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return new Map(
    photos
      .reverse()
      .map((name) => [parse(name).name, join(folder, name)] as const)
      .reverse(),
  );
}
