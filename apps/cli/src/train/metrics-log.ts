import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { KindlingError, writeText } from "@kindling/node";

/** File of a run's folder with a row for every step. */
export const metricsFile = "metrics.csv";

/** What is known of a step; `step` counts from 1 within its stage. */
export interface MetricsRow {
  readonly stage: string;
  readonly step: number;
  /** Numbers by column. */
  readonly values: Readonly<Record<string, number>>;
}

const fixedColumns = ["stage", "step"] as const;

/** The numbers of all steps, in memory and in `metrics.csv`; names and numbers hold no commas, so no value is quoted. */
export class MetricsLog {
  readonly rows: MetricsRow[] = [];
  readonly #path: string;
  #columns: string[] = [];
  #unwritten: MetricsRow[] = [];

  constructor(folder: string) {
    this.#path = join(folder, metricsFile);
  }

  /** Takes up a row; it is written by the next `flush`. */
  add(row: MetricsRow): void {
    this.rows.push(row);
    this.#unwritten.push(row);
  }

  /**
   * Writes the rows that are new. Where they have columns that the file has not, it is written anew, whole or not at all.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  async flush(): Promise<void> {
    const missing = new Set(this.#unwritten.flatMap(({ values }) => Object.keys(values)));
    for (const column of this.#columns) missing.delete(column);
    if (missing.size > 0) {
      this.#columns.push(...missing);
      await writeText(this.#path, this.#text([header(this.#columns)], this.rows));
    } else if (this.#unwritten.length > 0) {
      await appendFile(this.#path, this.#text([], this.#unwritten)).catch((cause) => {
        throw new KindlingError("unwritable", `${this.#path}: cannot be written. Check the disk and its rights.`, {
          cause,
        });
      });
    }
    this.#unwritten = [];
  }

  /**
   * Takes up the rows of a run that is resumed, and drops those that come after its checkpoint.
   *
   * @param keeps tells the rows from before the checkpoint.
   */
  async resume(keeps: (row: MetricsRow) => boolean): Promise<void> {
    const text = await readFile(this.#path, "utf8").catch(() => "");
    const { columns, rows } = parseMetrics(text);
    this.rows.push(...rows.filter(keeps));
    if (text === "") return;
    this.#columns = columns;
    await writeText(this.#path, this.#text([header(columns)], this.rows));
  }

  #text(before: readonly string[], rows: readonly MetricsRow[]): string {
    const lines = rows.map(({ stage, step, values }) =>
      [stage, step, ...this.#columns.map((column) => values[column] ?? "")].join(","),
    );
    return [...before, ...lines].map((line) => `${line}\n`).join("");
  }
}

/** The rows of a `metrics.csv`, and its columns beside stage and step. */
export function parseMetrics(text: string): { readonly columns: string[]; readonly rows: readonly MetricsRow[] } {
  const [first = "", ...lines] = text.split("\n");
  const columns = first.split(",").slice(fixedColumns.length);
  // What follows the last line's end is half a line that a kill left, or nothing.
  const rows = lines.slice(0, -1).map((line) => {
    const [stage = "", step = "", ...cells] = line.split(",");
    return { stage, step: Number(step), values: valuesOf(columns, cells) };
  });
  return { columns, rows };
}

function header(columns: readonly string[]): string {
  return [...fixedColumns, ...columns].join(",");
}

function valuesOf(columns: readonly string[], cells: readonly string[]): Record<string, number> {
  return Object.fromEntries(columns.flatMap((column, i) => (cells[i] ? [[column, Number(cells[i])]] : [])));
}
