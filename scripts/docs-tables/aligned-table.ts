/** A table in Markdown whose columns are as wide as their longest cell, as the formatter writes it. */
export function alignedTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rightColumns: readonly string[] = [],
): string {
  const all = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const isRight = head.map((name) => rightColumns.includes(name));
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column].length)));
  const align = (cell: string, column: number) =>
    isRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  const rule = widths.map((width, column) => (isRight[column] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  const [first, ...rest] = all.map((cells) => cells.map(align));
  return [first, rule, ...rest].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
