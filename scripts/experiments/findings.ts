import type { ExperimentTable } from "./experiment.ts";

/** Which of two figures is the better one. */
type Better = "higher" | "lower";

type Table = Pick<ExperimentTable, "head" | "rows">;

/** Says in a sentence how the rows of a table stand by one of its columns, best first; rows without a figure are left out. */
export function ranking({ head, rows }: Table, column: number, better: Better): string {
  const placed = rows
    .flatMap((row) => (isFigure(row[column]) ? [{ name: row[0]!, figure: row[column] }] : []))
    .toSorted((a, b) => (better === "higher" ? 1 : -1) * (Number(b.figure) - Number(a.figure)));
  const words = placed.map(({ name, figure }) => `${name} (${figure})`);
  return `**Found**: by ${head[column]}, the best first: ${words.join(", ")}.`;
}

/** Says in a sentence how the columns of each row stand, the least first. */
export function leastOfRows({ head, rows }: Table): string {
  const sentences = rows.map(([name, ...figures]) => {
    const placed = figures
      .map((figure, i) => ({ way: head[i + 1]!, figure }))
      .toSorted((a, b) => Number(a.figure) - Number(b.figure));
    return `${name}: ${placed.map(({ way, figure }) => `${way} (${figure})`).join(", ")}`;
  });
  return `**Found**, the least error first: ${sentences.join("; ")}.`;
}

/** Says in a sentence which rows have the highest figure of each column; of more than three equal ones only how many. */
export function bestOfColumns({ head, rows }: Table): string {
  const columns = head.slice(1).map((name, i) => {
    const most = Math.max(...rows.map((row) => Number(row[i + 1])));
    const best = rows.filter((row) => Number(row[i + 1]) === most).map(([method]) => method!);
    const figure = rows.find((row) => Number(row[i + 1]) === most)?.[i + 1];
    const some = best.length > 3 ? `${best.length} of ${rows.length}` : best.join(", ");
    return `at ${name} ${best.length === rows.length ? "all alike" : some} (${figure})`;
  });
  return `**Found**, the best: ${columns.join("; ")}.`;
}

/** Tells which rows of a table its plot draws, where it does not draw all. */
export function drawnLines({ rows, lines }: Pick<ExperimentTable, "rows" | "lines">): string | undefined {
  const names = rows.map(([name]) => name);
  const drawn = lines.filter(({ name }) => names.includes(name)).map(({ name }) => name);
  if (drawn.length === 0 || drawn.length === rows.length) return undefined;
  return `The plot has ${drawn.length} of the ${rows.length} rows: ${drawn.join(", ")}.`;
}

function isFigure(text: string | undefined): text is string {
  return text !== undefined && text !== "" && !Number.isNaN(Number(text));
}
