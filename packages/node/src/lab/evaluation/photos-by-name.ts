import { parse, relative, resolve } from "node:path";
import { listPhotos } from "../pairs/list-photos.ts";

/**
 * Lists the photos in a folder and below it, by their path in the folder without the ending. Of photos with the same name the
 * first is listed.
 *
 * @throws {KindlingError} `not-found` or `unreadable` where the folder does not exist or holds no photo.
 */
export async function photosByName(folder: string): Promise<Map<string, string>> {
  const photos = new Map<string, string>();
  for (const file of await listPhotos(folder)) {
    const { dir, name } = parse(relative(resolve(folder), resolve(file)));
    const key = dir === "" ? name : `${dir}/${name}`;
    if (!photos.has(key)) photos.set(key, file);
  }
  return photos;
}
