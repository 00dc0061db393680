/** A figure here and, where another checkout is measured too, there; undefined where it could not be measured. */
export interface Pair {
  readonly now: number | undefined;
  readonly before?: number | undefined;
}

/** A column of figures. */
interface FigureColumn {
  /** What it is, with its unit. */
  readonly head: string;
  /** Digits behind the point; three significant ones if not given. */
  readonly digits?: number;
}

/** What a part of the report has measured. */
export interface Table {
  readonly title: string;
  /** What was measured, and how, in a sentence or two. */
  readonly about: string;
  /** Heads of the columns that name a row. */
  readonly words: readonly string[];
  readonly figures: readonly FigureColumn[];
  readonly rows: readonly Row[];
}

/** A row: one word for each of the table's `words`, one pair for each of its `figures`. */
export interface Row {
  readonly words: readonly string[];
  readonly figures: readonly Pair[];
}

/** What nobody has measured. */
export const nothing: Pair = { now: undefined };

/** Computes a figure from others, at each checkout for itself. */
export function combine(compute: (...values: readonly number[]) => number, ...pairs: readonly Pair[]): Pair {
  const at = (when: keyof Pair) => {
    const values = pairs.map((pair) => pair[when]).filter((value) => value !== undefined);
    return values.length === pairs.length ? compute(...values) : undefined;
  };
  return { now: at("now"), before: at("before") };
}

/** Writes a table as Markdown, its columns aligned. A pair is written as `before → now (now/before)`. */
export function formatTable({ title, about, words, figures, rows }: Table): string {
  const cells = rows.map((row) => [
    ...row.words,
    ...row.figures.map((pair, i) => formatPair(pair, figures[i]?.digits)),
  ]);
  const heads = [...words, ...figures.map(({ head }) => head)];
  const widths = heads.map((head, i) => Math.max(4, head.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const isWord = (column: number) => column < words.length;
  const pad = (cell: string, i: number) => (isWord(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const rule = widths.map((width, i) => (isWord(i) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const lines = [heads.map(pad), rule, ...cells.map((row) => row.map(pad))];
  return `### ${title}\n\n${about}\n\n${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`;
}

function formatPair({ now, before }: Pair, digits?: number): string {
  const text = now === undefined ? "" : formatFigure(now, digits);
  if (before === undefined) return text;
  const ratio = now === undefined || before === 0 ? "" : ` (${(now / before).toFixed(2)})`;
  return `${formatFigure(before, digits)} → ${text || "?"}${ratio}`;
}

function formatFigure(value: number, digits?: number): string {
  if (digits !== undefined) return value.toFixed(digits);
  return Math.abs(value) >= 100 || value === 0 ? value.toFixed(0) : value.toPrecision(3);
}
