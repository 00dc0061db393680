import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type DarkShot, drawDarkShot } from "@kindling/lab";
import { commitFile, KindlingError, readTable, stageFile } from "@kindling/node";
import { stringify } from "csv-stringify/sync";
import type { PairTreatment, PlannedPair } from "./dark-pair.ts";

/** Name of the table of pairs in their folder. */
const tableName = "pairs.csv";

const columns = {
  exposure_ev: ({ camera }: DarkShot) => camera.exposureEv,
  iso: ({ camera }: DarkShot) => camera.iso,
  kelvin: ({ kelvin }: DarkShot) => kelvin,
  adaptation: ({ adaptation }: DarkShot) => adaptation,
  red_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[0],
  blue_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[2],
  corner_angle_degrees: ({ camera }: DarkShot) => camera.cornerAngleDegrees,
  highlight_stops: ({ highlightStops }: DarkShot) => highlightStops,
  jpeg_quality: ({ jpegQuality }: DarkShot) => jpegQuality,
  noise_seed: ({ noiseSeed }: DarkShot) => noiseSeed,
} as const;

const header = ["low", "normal", "source", ...Object.keys(columns)];

/** Rows by the dark photo they name. */
export type PairTable = ReadonlyMap<string, Readonly<Record<string, string | number>>>;

/**
 * Reads the table that earlier runs left in the folder of pairs; empty where there is none.
 *
 * @throws {KindlingError} `exists` where a table or contact sheet there was not made by this command, unless they may
 * be overwritten.
 */
export async function readPairTable(out: string, sheetPath: string, overwrite: boolean): Promise<PairTable> {
  const path = join(out, tableName);
  try {
    const rows = (await isThere(path)) ? await readTable(path, header) : undefined;
    if (rows === undefined && (await isThere(sheetPath))) throw notOurs(sheetPath);
    return new Map((rows ?? []).map(({ low = "", ...row }) => [low, { low, ...row }]));
  } catch (cause) {
    if (overwrite) return new Map();
    if (cause instanceof KindlingError && cause.code === "damaged") throw notOurs(path);
    throw cause;
  }
}

/**
 * Writes the table: a row for each finished pair with all that was drawn for it, and the rows of earlier runs whose
 * files are still there. Rows are in the order of their names.
 *
 * @param finished pairs that are made, now or by an earlier run.
 * @param planned all pairs of this run: those of them that are not finished have no row.
 */
export async function writePairTable(
  out: string,
  earlier: PairTable,
  planned: readonly PlannedPair[],
  finished: readonly PlannedPair[],
  { ranges, seed }: PairTreatment,
): Promise<void> {
  const rows = new Map(earlier);
  for (const { output } of planned) rows.delete(inTable(out, output));
  for (const low of rows.keys()) if (!(await isThere(join(out, low)))) rows.delete(low);
  for (const { input, output, companions, drawnFor } of finished) {
    const shot = drawDarkShot(ranges, seed, drawnFor);
    const drawn = Object.entries(columns).map(([name, of]) => [name, Number(of(shot).toFixed(4))]);
    const low = inTable(out, output);
    rows.set(low, { low, normal: inTable(out, companions[0]), source: input, ...Object.fromEntries(drawn) });
  }
  if (rows.size === 0) return;
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, row]) => row);
  const text = stringify(sorted, { header: true, columns: header });
  await commitFile(await stageFile(join(out, tableName), Buffer.from(text)));
}

/** Paths in the table are below its folder, with the slashes that every system reads. */
function inTable(out: string, path: string): string {
  return relative(out, path).split(sep).join("/");
}

function notOurs(path: string): KindlingError {
  const remedy = "Choose another --out, or give --overwrite to replace it.";
  return new KindlingError("exists", `${path} is there already and was not made by this command. ${remedy}`);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
