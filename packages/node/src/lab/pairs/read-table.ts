import { readFile } from "node:fs/promises";
import { KindlingError } from "@kindling/core";
import { unescapeFormula } from "@kindling/lab/internal";
import { CsvError, parse } from "csv-parse/sync";
import { readError } from "../../photo/file-errors.ts";

/** One row of a table, by the column names in the first line. */
export type TableRow = Readonly<Record<string, string>>;

/**
 * Reads a CSV file (RFC 4180) whose first line names its columns; skips blank lines.
 *
 * @param columns names that the file must have.
 * @throws {KindlingError} `not-found`, `unreadable`, or `damaged` naming the missing column or the line that is wrong.
 */
export async function readTable(path: string, columns: readonly string[]): Promise<TableRow[]> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw readError(path, cause);
  });
  const expected = `Its first line must name the columns ${columns.join(", ")}`;
  try {
    let header: string[] = [];
    const rows = parse<Record<string, string>>(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      cast: unescapeFormula,
      columns: (names: string[]) => {
        header = names;
        return names;
      },
    });
    const missing = columns.filter((column) => !header.includes(column));
    if (missing.length > 0) {
      const found = header.length > 0 ? header.join(", ") : "nothing";
      throw new KindlingError("damaged", `${path}: no column ${missing.join(" or ")}. ${expected}; it has ${found}.`);
    }
    return rows;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new KindlingError("damaged", `${path}: ${cause.message}. ${expected}, and each row a value for each.`, {
      cause,
    });
  }
}
