import type { Evaluation } from "./evaluation.ts";

/** An evaluation as CSV (RFC 4180), one row for each image of each method; full precision, empty where not measured. */
export function evaluationCsv({ methods, metrics }: Evaluation): string {
  const columns = ["method", "image", ...metrics, "seconds"];
  const rows = methods.flatMap(({ method, images }) =>
    images.map((image) => [method, image.name, ...metrics.map((name) => image[name] ?? ""), image.seconds ?? ""]),
  );
  return [columns, ...rows].map((cells) => `${cells.map(quoteCell).join(",")}\r\n`).join("");
}

function quoteCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
