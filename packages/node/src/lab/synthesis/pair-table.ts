import { join, relative, sep } from "node:path";
import { KindlingError } from "@kindling/core";
import { drawDarkShot } from "@kindling/lab";
import { escapeFormula, recordShot, recordShotOfView, shotColumns } from "@kindling/lab/internal";
import { stringify } from "csv-stringify/sync";
import { pathExists } from "../../photo/path-exists.ts";
import { writeText } from "../../photo/write-text.ts";
import { readTable } from "../pairs/read-table.ts";
import type { PairTreatment, PlannedPair } from "./dark-pair.ts";

/** Name of the table of pairs in their folder. */
const tableName = "pairs.csv";

/** Columns that every table of this command has. */
const header = ["low", "normal", "source", ...shotColumns];

/** Rows by the path of their dark photo. */
export type PairTable = ReadonlyMap<string, Readonly<Record<string, string | number>>>;

/**
 * Reads the table of earlier runs in the folder of pairs; returns an empty one where there is none.
 *
 * @throws {KindlingError} `exists` where a table or contact sheet there was made by another program, unless `overwrite`.
 */
export async function readPairTable(out: string, sheetPath: string, overwrite: boolean): Promise<PairTable> {
  const path = join(out, tableName);
  try {
    const rows = (await pathExists(path)) ? await readTable(path, header) : undefined;
    if (rows === undefined && (await pathExists(sheetPath))) throw foreignFile(sheetPath);
    return new Map((rows ?? []).map(({ low = "", ...row }) => [low, { low, ...row }]));
  } catch (cause) {
    if (overwrite) return new Map();
    if (cause instanceof KindlingError && cause.code === "damaged") throw foreignFile(path);
    throw cause;
  }
}

/**
 * Writes the table: a row with the drawn values for each finished pair, and the rows of earlier runs whose files still
 * exist, sorted by name.
 *
 * @param planned all pairs of this run; unfinished ones get no row.
 * @param finished pairs that this or an earlier run made.
 */
export async function writePairTable(
  out: string,
  earlier: PairTable,
  planned: readonly PlannedPair[],
  finished: readonly PlannedPair[],
  { ranges, seed }: PairTreatment,
): Promise<void> {
  const rows = new Map(earlier);
  for (const { output } of planned) rows.delete(tablePath(out, output));
  for (const low of rows.keys()) if (!(await pathExists(join(out, low)))) rows.delete(low);
  for (const { input, output, companions, drawnFor, subject } of finished) {
    const drawn =
      subject === "photo"
        ? recordShot(drawDarkShot(ranges, seed, drawnFor))
        : subject === "panorama"
          ? recordShotOfView(ranges, seed, drawnFor)
          : {};
    const low = tablePath(out, output);
    rows.set(low, { low, normal: tablePath(out, companions[0]), source: input, ...drawn });
  }
  if (rows.size === 0) return;
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, row]) => row);
  await writeText(
    join(out, tableName),
    stringify(sorted, { header: true, columns: header, cast: { string: escapeFormula } }),
  );
}

/** Converts a path to one relative to the table's folder, with forward slashes, which every operating system reads. */
function tablePath(out: string, path: string): string {
  return relative(out, path).split(sep).join("/");
}

function foreignFile(path: string): KindlingError {
  const remedy = "Choose another --out, or give --overwrite to replace it.";
  return new KindlingError("exists", `${path} is there already and was not made by this command. ${remedy}`);
}
