import type { RunStore } from "./run-store.ts";

/** The file of a run with a row for every step. */
export const metricsFile = "metrics.csv";

/** The numbers of a step; `step` counts from 1 within its stage. */
export interface MetricsRow {
  readonly stage: string;
  readonly step: number;
  /** Numbers by column. */
  readonly values: Readonly<Record<string, number>>;
}

const fixedColumns = ["stage", "step"] as const;

/** The numbers of all steps, in memory and in `metrics.csv`. Names and numbers have no commas, so no value is quoted. */
export class MetricsLog {
  readonly rows: MetricsRow[] = [];
  readonly #store: RunStore;
  #columns: string[] = [];
  #unwritten: MetricsRow[] = [];

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Adds a row; the next `flush` writes it. */
  add(row: MetricsRow): void {
    this.rows.push(row);
    this.#unwritten.push(row);
  }

  /**
   * Writes the new rows. Where they have columns that the file lacks, it replaces the whole file.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  async flush(): Promise<void> {
    const missing = new Set(this.#unwritten.flatMap(({ values }) => Object.keys(values)));
    for (const column of this.#columns) missing.delete(column);
    if (missing.size > 0) {
      this.#columns.push(...missing);
      await this.#store.write(metricsFile, this.#text([header(this.#columns)], this.rows));
    } else if (this.#unwritten.length > 0) {
      await this.#store.append(metricsFile, this.#text([], this.#unwritten));
    }
    this.#unwritten = [];
  }

  /**
   * Reads the rows of a resumed run, and drops those after its checkpoint.
   *
   * @param keeps returns whether a row is from before the checkpoint.
   */
  async resume(keeps: (row: MetricsRow) => boolean): Promise<void> {
    const bytes = await this.#store.read(metricsFile);
    const text = bytes ? new TextDecoder().decode(bytes) : "";
    const { columns, rows } = parseMetrics(text);
    this.rows.push(...rows.filter(keeps));
    if (text === "") return;
    this.#columns = columns;
    await this.#store.write(metricsFile, this.#text([header(columns)], this.rows));
  }

  #text(before: readonly string[], rows: readonly MetricsRow[]): string {
    const lines = rows.map(({ stage, step, values }) =>
      [stage, step, ...this.#columns.map((column) => values[column] ?? "")].join(","),
    );
    return [...before, ...lines].map((line) => `${line}\n`).join("");
  }
}

/** Parses a `metrics.csv`: its rows, and its columns except stage and step. */
export function parseMetrics(text: string): { readonly columns: string[]; readonly rows: readonly MetricsRow[] } {
  const [first = "", ...lines] = text.split("\n");
  const columns = first.split(",").slice(fixedColumns.length);
  // The text after the last line end is empty, or half a line of a process that was killed.
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
