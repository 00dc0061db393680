import { basename, dirname, join, resolve } from "node:path";
import { readdir, realpath, stat } from "../photo/file-system.ts";
import { rawPath } from "../photo/raw-path.ts";

/**
 * Paths as the disk spells them, each file once however it was written: `in/a.jpg` and `./in/a.jpg` are one.
 *
 * Node gives arguments and matches of patterns with U+FFFD for what is not UTF-8. Such a path stands for every file whose
 * name reads like that; see `pathOfBytes`.
 */
export async function distinctPaths(paths: readonly string[]): Promise<string[]> {
  const distinct = new Map<string, string>();
  for (const given of paths) {
    for (const path of await exactPaths(given)) {
      const place = join(await placeOf(dirname(resolve(path))), basename(resolve(path)));
      if (!distinct.has(place)) distinct.set(place, path);
    }
  }
  return [...distinct.values()];
}

/** The files that a path with U+FFFD can stand for, as the disk spells them; any other path as it is. */
export async function exactPaths(path: string): Promise<string[]> {
  if (!path.includes("\ufffd") || (await isThere(path))) return [path];
  const above = dirname(path);
  const folders = above.includes("\ufffd") ? await exactPaths(above) : [above];
  const found: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      // The same replacement of every byte that is not UTF-8 as in the path.
      if (rawPath(name).toString("utf8") === basename(path)) found.push(join(folder, name));
    }
  }
  return found.length > 0 ? found : [path];
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function placeOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}
