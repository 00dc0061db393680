import { readdir, stat } from "node:fs/promises";
import { dirname, extname, join, parse, relative, resolve } from "node:path";
import { KindlingError } from "@kindling/core";
import { readError } from "../../photo/file-errors.ts";
import { listPhotos } from "./list-photos.ts";
import type { PhotoFailure, PhotoPair } from "./photo-pair.ts";
import { readTable } from "./read-table.ts";

const remedy =
  "Give a folder with low/ and normal/ (or high/) of equal names, a folder with a pairs.csv, or a CSV file with the columns low and normal.";

/** The split of a data set that has none. */
const undividedSplit = "train";

/** The pairs of a data set, and its faults. */
export interface FoundPairs {
  readonly pairs: readonly PhotoPair[];
  /** One for each missing file and each photo without a partner. */
  readonly failures: readonly PhotoFailure[];
}

/**
 * Finds the pairs of a data set: a CSV file, a folder with a `pairs.csv`, or one with `low` and `normal` (or `high`).
 *
 * A CSV has the columns `low` and `normal`, paths relative to its folder or to `images` in it, and optionally `split`. Files
 * in two folders are pairs where their names without ending are equal; a leading `low`, `normal` or `high` of a name does not
 * count (LOL v2). A `split.csv` beside the folders, with the columns `id` and `split`, gives their splits. A data set without
 * splits belongs to `train`. The photos themselves are not read.
 *
 * @param split only pairs of this part of the data set, such as `val`; default all.
 * @throws {KindlingError} where it finds no pair: `not-found`, `unreadable`, `damaged` for a broken CSV, `invalid-option` for
 * a file of another kind.
 * @example
 * const { pairs, failures } = await findPairs("lol", "val");
 * for (const { error } of failures) console.error(error.message);
 */
export async function findPairs(source: string, split?: string): Promise<FoundPairs> {
  const path = await tableOf(source);
  const found = path === undefined ? await pairsOfFolders(source, split) : await pairsOfTable(path, split);
  if (found.pairs.length > 0 || found.failures.length > 0) return found;
  const which = split === undefined ? "" : ` of the split ${split}`;
  throw new KindlingError("not-found", `${source}: no pairs${which}. ${remedy}`);
}

/** Finds the CSV file that lists the pairs; undefined where two folders hold them. */
async function tableOf(source: string): Promise<string | undefined> {
  const known = await stat(source).catch((cause) => {
    throw readError(source, cause);
  });
  if (known.isDirectory()) {
    const table = join(source, "pairs.csv");
    return (await isFile(table)) ? table : undefined;
  }
  if (extname(source).toLowerCase() === ".csv") return source;
  throw new KindlingError("invalid-option", `${source}: neither a folder nor a CSV file. ${remedy}`);
}

async function pairsOfTable(path: string, wanted: string | undefined): Promise<FoundPairs> {
  const pairs: PhotoPair[] = [];
  const failures: PhotoFailure[] = [];
  const locate = async (name: string, row: number) => {
    const places = [resolve(dirname(path), name), resolve(dirname(path), "images", name)] as const;
    for (const place of places) if (name !== "" && (await isFile(place))) return place;
    const reason = `row ${row} of ${path} names ${name || "nothing"}, but there is no such file`;
    failures.push(notFound(places[0], reason));
    return undefined;
  };
  const rows = await readTable(path, ["low", "normal"]);
  for (const [index, { low: lowName = "", normal: normalName = "", split }] of rows.entries()) {
    if (wanted !== undefined && (split ?? undividedSplit) !== wanted) continue;
    const low = await locate(lowName, index + 1);
    const normal = await locate(normalName, index + 1);
    if (low !== undefined && normal !== undefined) pairs.push({ name: parse(low).name, low, normal, split });
  }
  return { pairs, failures };
}

async function pairsOfFolders(source: string, wanted: string | undefined): Promise<FoundPairs> {
  const names = await readdir(source).catch((cause) => {
    throw readError(source, cause);
  });
  const folderCalled = (pattern: RegExp) => names.find((name) => pattern.test(name));
  const [low, normal] = [folderCalled(/^low$/i), folderCalled(/^(normal|high)$/i)];
  if (low === undefined || normal === undefined) {
    throw new KindlingError("not-found", `${source}: no pairs of photos in this folder. ${remedy}`);
  }
  const [lowFolder, normalFolder] = [join(source, low), join(source, normal)];
  const rows = names.includes("split.csv") ? await readTable(join(source, "split.csv"), ["id", "split"]) : undefined;
  const splits = new Map(rows?.map(({ id, split }) => [id, split]));
  const splitOf = (name: string) => (rows ? splits.get(name) : undividedSplit);
  const isWanted = (path: string) => wanted === undefined || splitOf(parse(path).name) === wanted;

  const failures: PhotoFailure[] = [];
  const dark = await photosByKey(lowFolder, failures);
  const bright = await photosByKey(normalFolder, failures);
  const pairs: PhotoPair[] = [];
  for (const [key, path] of dark) {
    if (!isWanted(path)) continue;
    const { name } = parse(path);
    const partner = bright.get(key);
    if (partner === undefined) failures.push(notFound(path, `it has no partner of that name in ${normalFolder}`));
    else pairs.push({ name, low: path, normal: partner, split: splits.get(name) });
  }
  for (const [key, path] of bright) {
    if (!dark.has(key) && isWanted(path)) {
      failures.push(notFound(path, `it has no partner of that name in ${lowFolder}`));
    }
  }
  return { pairs, failures };
}

/** Lists the photos of a folder by the part of their names that their partners share. */
async function photosByKey(folder: string, failures: PhotoFailure[]): Promise<Map<string, string>> {
  const photos = new Map<string, string>();
  for (const file of await listPhotos(folder)) {
    const key = join(relative(folder, dirname(file)), parse(file).name.replace(/^(low|normal|high)(?=.)/i, ""));
    const other = photos.get(key);
    if (other === undefined) photos.set(key, file);
    else
      failures.push({
        file,
        error: new KindlingError("invalid-option", `${file}: ${other} has the same name. Remove one.`),
      });
  }
  return photos;
}

function notFound(file: string, reason: string): PhotoFailure {
  return { file, error: new KindlingError("not-found", `${file}: ${reason}.`) };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isFile(),
    () => false,
  );
}
