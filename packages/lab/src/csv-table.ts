import { escapeFormula } from "./csv-cells.ts";

/** Formats a table as CSV (RFC 4180); cells that a spreadsheet would run begin with an apostrophe. */
export function csvTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, ...rows].map((cells) => `${cells.map(quoteCell).join(",")}\r\n`).join("");
}

function quoteCell(cell: string | number): string {
  const text = escapeFormula(String(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
