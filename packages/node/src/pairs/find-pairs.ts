import { readFile, stat } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { KindlingError } from "@kindling/core";
import { parse as parseCsv } from "csv-parse/sync";
import { readError } from "../photo/file-errors.ts";
import { photosOfFolder } from "./photos-of-folder.ts";

/** A dark photo and a well exposed one of the same scene. */
export interface PhotoPair {
  /** The dark photo's name without its ending. */
  readonly name: string;
  readonly low: string;
  readonly normal: string;
}

/** The pairs of a data set, and what of it is no pair. */
export interface FoundPairs {
  readonly pairs: readonly PhotoPair[];
  readonly failures: readonly { readonly file: string; readonly error: KindlingError }[];
}

type Row = Readonly<Record<string, string>>;

/**
 * Finds the pairs of a data set.
 *
 * It may be a folder with `low/` and `normal/` (or `high/`) that hold equal names, endings aside, and a `split.csv` with
 * the columns id and split; a folder with a `pairs.csv`; or such a CSV file itself, with the columns low, normal and, if
 * wanted, split. Its paths are looked for beside it and in `images/` beside it.
 *
 * @param split only pairs that the data set counts to this part, such as `val`; all of them if not given.
 * @throws {KindlingError} `not-found` where there is no data set of these kinds, or no pair of that split.
 */
export async function findPairs(source: string, split?: string): Promise<FoundPairs> {
  const isFile = await stat(source).then(
    (known) => known.isFile(),
    (cause) => {
      throw readError(source, cause);
    },
  );
  const table = isFile ? source : join(source, "pairs.csv");
  const found = (await exists(table)) ? await pairsOfTable(table, split) : await pairsOfFolders(source, split);
  if (found.pairs.length === 0 && found.failures.length === 0) {
    throw new KindlingError("not-found", `${source}: no pairs${split === undefined ? "" : ` of the split ${split}`}.`);
  }
  return found;
}

async function pairsOfTable(table: string, split: string | undefined): Promise<FoundPairs> {
  const rows = await readTable(table, ["low", "normal", ...(split === undefined ? [] : ["split"])]);
  const wanted = rows.filter(({ split: part }) => split === undefined || part === split);
  const places = [dirname(table), join(dirname(table), "images")];
  const found = new Findings();
  for (const { low = "", normal = "" } of wanted) {
    const [dark, light] = [await placeOf(low, places), await placeOf(normal, places)];
    if (dark && light) found.add(dark, light);
    else found.miss(join(dirname(table), dark ? normal : low), "there is no such file, nor in images/ beside it");
  }
  return found;
}

async function pairsOfFolders(source: string, split: string | undefined): Promise<FoundPairs> {
  const darkFolder = join(source, "low");
  const lightFolder = await placeOf("", [join(source, "normal"), join(source, "high")]);
  if (!(await exists(darkFolder)) || lightFolder === undefined) {
    throw new KindlingError(
      "not-found",
      `${source}: no data set. Expected the folders low/ and normal/ (or high/), or a table pairs.csv with the columns low and normal.`,
    );
  }
  const members = split === undefined ? undefined : await membersOf(join(source, "split.csv"), split);
  const [dark, light] = [await photosOfFolder(darkFolder), await photosOfFolder(lightFolder)];
  const found = new Findings();
  for (const name of new Set([...dark.keys(), ...light.keys()])) {
    if (members && !members.has(name)) continue;
    const [low, normal] = [dark.get(name), light.get(name)];
    if (low && normal) found.add(low, normal);
    else if (low) found.miss(low, `no partner of that name in ${lightFolder}`);
    else if (normal) found.miss(normal, `no partner of that name in ${darkFolder}`);
  }
  return found;
}

class Findings implements FoundPairs {
  readonly pairs: PhotoPair[] = [];
  readonly failures: { file: string; error: KindlingError }[] = [];

  add(low: string, normal: string): void {
    this.pairs.push({ name: parse(low).name, low, normal });
  }

  miss(file: string, reason: string): void {
    this.failures.push({ file, error: new KindlingError("not-found", `${file}: ${reason}.`) });
  }
}

async function placeOf(path: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) if (await exists(join(folder, path))) return join(folder, path);
  return undefined;
}

async function membersOf(table: string, split: string): Promise<Set<string>> {
  const rows = await readTable(table, ["id", "split"]);
  return new Set(rows.flatMap(({ id, split: part }) => (id !== undefined && part === split ? id : [])));
}

async function readTable(path: string, columns: readonly string[]): Promise<Row[]> {
  let rows: Row[];
  try {
    const text = await readFile(path, "utf8");
    rows = parseCsv<Record<string, string>>(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (cause) {
    throw readError(path, cause);
  }
  const missing = columns.filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length === 0) return rows;
  throw new KindlingError("unsupported", `${path}: no column ${missing.join(", ")}. It needs ${columns.join(", ")}.`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
