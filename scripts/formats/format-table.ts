import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePhoto, encodePhoto } from "@kindling/node";
import { noteLosses } from "@kindling/node/internal";
import { ExifTool } from "exiftool-vendored";
import { alignedTable } from "../docs-tables/aligned-table.ts";
import { codedColumn, type FormatColumn, fullColumns, motionColumns, type Passage } from "./format-columns.ts";
import { type FormatRow, otherRows, ownRows, sourceRows } from "./format-rows.ts";
import { readFacts } from "./read-facts.ts";
import { makeSampleFiles } from "./sample-files.ts";

/** One cell of the table: what became of one thing. */
export interface FormatCell {
  readonly row: string;
  readonly column: string;
  readonly outcome: string;
}

const titles = [
  ...fullColumns.map(({ title }) => title),
  codedColumn("").title,
  ...motionColumns.map(({ title }) => title),
];

/** Whether ExifTool runs here; outside Windows it needs perl. */
export async function hasExifTool(): Promise<boolean> {
  const exiftool = new ExifTool({ maxProcs: 1, taskTimeoutMillis: 120_000 });
  return exiftool
    .version()
    .then(
      () => true,
      () => false,
    )
    .finally(() => exiftool.end());
}

/** Passes photos of every row through Kindling and looks with other programs at what became of what they held. */
export async function measureFormats(rows: readonly FormatRow[]): Promise<FormatCell[]> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-formats-"));
  const exiftool = new ExifTool({ maxProcs: 1, taskTimeoutMillis: 120_000 });
  try {
    const cells: FormatCell[] = [];
    for (const row of rows) {
      const name = rowName(row);
      const { full, coded, beside = {}, motion } = await makeSampleFiles(row, folder, exiftool);
      const pass = (file: string) => passThrough(file, row, exiftool);
      const ask = (columns: readonly FormatColumn[], passage: Passage) =>
        cells.push(...columns.map(({ title, outcome }) => ({ row: name, column: title, outcome: outcome(passage) })));
      ask(fullColumns, await pass(full));
      for (const [way, file] of Object.entries(coded)) ask([codedColumn(way)], await pass(file));
      for (const [title, file] of Object.entries(beside))
        ask(
          fullColumns.filter((column) => column.title === title),
          await pass(file),
        );
      if (motion) ask(motionColumns, await pass(motion));
    }
    return cells;
  } finally {
    await exiftool.end();
    rmSync(folder, { recursive: true });
  }
}

async function passThrough(file: string, { written }: FormatRow, exiftool: ExifTool): Promise<Passage> {
  const before = await readFacts(file, exiftool);
  const photo = await decodePhoto(readFileSync(file), { name: file });
  const encoded = await encodePhoto(photo, { format: written });
  const result = `${file}.result.${written}`;
  writeFileSync(result, encoded.bytes);
  const after = await readFacts(result, exiftool);
  rmSync(result);
  return { before, after, notes: [...photo.notes, ...noteLosses(photo, encoded)] };
}

/** Name of a row in the tables. */
export function rowName({ read, written }: FormatRow): string {
  return read === written ? read.toUpperCase() : `${read.toUpperCase()} as ${written.toUpperCase()}`;
}

/** What stands in the table: what became of one thing in each of the files that have it. */
export function outcomeOf(cells: readonly FormatCell[], row: string, column: string): string {
  const outcomes = cells.flatMap((cell) => (cell.row === row && cell.column === column ? [cell.outcome] : []));
  return outcomes.filter((outcome) => outcome !== "-").join("; ") || "-";
}

/** The table of rows in Markdown. */
async function formatTable(rows: readonly FormatRow[]): Promise<string> {
  const cells = await measureFormats(rows);
  const lines = rows.map((row) => [rowName(row), ...titles.map((title) => outcomeOf(cells, rowName(row), title))]);
  return alignedTable(["format", ...titles], lines);
}

/** The tables of docs/FORMATS.md by the names in their markers. */
export const formatTables = {
  formats: () => formatTable(ownRows),
  "other-formats": () => formatTable(otherRows),
  "source-formats": () => formatTable(sourceRows),
};
