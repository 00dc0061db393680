import { readdir, stat } from "node:fs/promises";
import { dirname, extname, join, parse, relative, resolve } from "node:path";
import { KindlingError } from "@kindling/core";
import { readError } from "../photo/file-errors.ts";
import { listPhotos } from "./list-photos.ts";
import type { PhotoPair } from "./photo-pair.ts";
import { problemsError } from "./problems.ts";
import { readTable } from "./read-table.ts";

/** What to list of a set of pairs. */
export interface ListPairsOptions {
  /** Only the pairs of this part, `train` or `val`; all where it is left out. */
  readonly split?: string | undefined;
}

const remedy =
  "Give a folder with low/ and normal/ (or high/) of equal names, a folder with a pairs.csv, or a CSV file with the columns low and normal.";

/** The pairs of a set whose files are there, and what is wrong with the rest of it. */
export interface FoundPairs {
  readonly pairs: readonly PhotoPair[];
  /** A missing file or partner each, naming it. */
  readonly problems: readonly KindlingError[];
}

/**
 * Finds pairs of photos as `findPairs` does, and wants them all.
 *
 * @throws {KindlingError} what `findPairs` throws, and one error naming every missing partner and file.
 */
export async function listPairs(path: string, options: ListPairsOptions = {}): Promise<readonly PhotoPair[]> {
  const { pairs, problems } = await findPairs(path, options);
  if (problems.length > 0) throw problemsError(path, problems);
  return pairs;
}

/**
 * Finds pairs of photos: a CSV file, a folder with a `pairs.csv`, or a folder with `low` and `normal` (or `high`).
 *
 * A CSV has the columns `low` and `normal`, paths from where it lies or from `images` beside it, and optionally `split`.
 * Two folders are matched by file name without ending, a leading `low`, `normal` or `high` of the name aside (LOL v2);
 * a `split.csv` beside them with the columns `id` and `split` divides them. Pixels are not looked at.
 *
 * @throws {KindlingError} where there is nothing to find: `not-found`, `unreadable`, `damaged` for a broken CSV,
 * `invalid-option` for a split that nothing belongs to.
 */
export async function findPairs(path: string, { split }: ListPairsOptions = {}): Promise<FoundPairs> {
  const { pairs, problems } = await everyPair(path);
  if (split === undefined) return { pairs, problems };
  const chosen = pairs.filter((pair) => pair.split === split);
  if (chosen.length > 0) return { pairs: chosen, problems };
  const splits = [...new Set(pairs.map((pair) => pair.split ?? "none"))].join(", ");
  throw new KindlingError(
    "invalid-option",
    `${path}: no pair belongs to the split ${split}. Its pairs have: ${splits}.`,
  );
}

async function everyPair(path: string): Promise<FoundPairs> {
  const known = await stat(path).catch((cause) => {
    throw readError(path, cause);
  });
  if (!known.isDirectory()) {
    if (extname(path).toLowerCase() === ".csv") return pairsOfTable(path);
    throw new KindlingError("invalid-option", `${path}: neither a folder nor a CSV file. ${remedy}`);
  }
  const names = await readdir(path).catch((cause) => {
    throw readError(path, cause);
  });
  if (names.includes("pairs.csv")) return pairsOfTable(join(path, "pairs.csv"));
  const folderCalled = (pattern: RegExp) => names.find((name) => pattern.test(name));
  const [low, normal] = [folderCalled(/^low$/i), folderCalled(/^(normal|high)$/i)];
  if (low === undefined || normal === undefined) {
    throw new KindlingError("not-found", `${path}: no pairs of photos in this folder. ${remedy}`);
  }
  const splits = names.includes("split.csv") ? await readTable(join(path, "split.csv"), ["id", "split"]) : [];
  return pairsOfFolders(join(path, low), join(path, normal), new Map(splits.map(({ id, split }) => [id, split])));
}

async function pairsOfTable(path: string): Promise<FoundPairs> {
  const rows = await readTable(path, ["low", "normal"]);
  if (rows.length === 0) throw new KindlingError("not-found", `${path}: it lists no pair. ${remedy}`);
  const pairs: PhotoPair[] = [];
  const problems: KindlingError[] = [];
  const located = async (name: string, row: number) => {
    const places = [resolve(dirname(path), name), resolve(dirname(path), "images", name)];
    for (const place of places) if (name !== "" && (await isFile(place))) return place;
    const reason = `row ${row} of ${path} names ${name || "nothing"}, but there is no such file`;
    problems.push(new KindlingError("not-found", `${places[0]}: ${reason}.`));
    return undefined;
  };
  for (const [index, { low: lowName = "", normal: normalName = "", split }] of rows.entries()) {
    const low = await located(lowName, index + 1);
    const normal = await located(normalName, index + 1);
    if (low !== undefined && normal !== undefined) pairs.push({ name: parse(low).name, low, normal, split });
  }
  return { pairs, problems };
}

async function pairsOfFolders(
  lowFolder: string,
  normalFolder: string,
  splitOf: ReadonlyMap<string | undefined, string | undefined>,
): Promise<FoundPairs> {
  const problems: KindlingError[] = [];
  const low = await photosByKey(lowFolder, problems);
  const normal = await photosByKey(normalFolder, problems);
  const pairs: PhotoPair[] = [];
  for (const [key, path] of low) {
    const { name } = parse(path);
    const partner = normal.get(key);
    if (partner === undefined) problems.push(alone(path, normalFolder));
    else pairs.push({ name, low: path, normal: partner, split: splitOf.get(name) });
  }
  for (const [key, path] of normal) if (!low.has(key)) problems.push(alone(path, lowFolder));
  return { pairs, problems };
}

/** The photos of a folder by what their names share with their partners'. */
async function photosByKey(folder: string, problems: KindlingError[]): Promise<Map<string, string>> {
  const photos = new Map<string, string>();
  for (const path of await listPhotos(folder)) {
    const key = join(relative(folder, dirname(path)), parse(path).name.replace(/^(low|normal|high)(?=.)/i, ""));
    const other = photos.get(key);
    if (other === undefined) photos.set(key, path);
    else problems.push(new KindlingError("invalid-option", `${path}: ${other} has the same name. Remove one.`));
  }
  return photos;
}

function alone(path: string, folder: string): KindlingError {
  return new KindlingError("not-found", `${path}: it has no partner of that name in ${folder}.`);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isFile(),
    () => false,
  );
}
