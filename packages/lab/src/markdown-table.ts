import { printableText } from "@kindling/core/internal";

/** Formats a table in Markdown. Columns after the first are aligned to the right by default. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: "left" | "right" = "right",
  columns: "tight" | "aligned" = "tight",
): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => printableText(cell).replaceAll("|", "\\|")));
  const isLeft = (i: number) => i === 0 || align === "left";
  // No column is narrower than the shortest rule.
  const least = (i: number) => (isLeft(i) ? 3 : 4);
  const widths = head.map((_, i) =>
    columns === "tight" ? 0 : Math.max(least(i), ...cells.map((row) => row[i]!.length)),
  );
  const pad = (cell: string, i: number) => (isLeft(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  const rules = widths.map((width, i) =>
    isLeft(i) ? "-".repeat(Math.max(3, width)) : `${"-".repeat(Math.max(3, width - 1))}:`,
  );
  const [heading, ...body] = cells.map((row) => row.map(pad));
  return [heading!, rules, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
