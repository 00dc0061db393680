/** Formats a table in Markdown. Columns after the first are aligned to the right by default. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: "left" | "right" = "right",
): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rules = head.map((_, i) => (i === 0 || align === "left" ? "---" : "---:"));
  return [line(head), line(rules), ...rows.map(line)].join("\n");
}
