import { csvTable } from "../csv-table.ts";
import type { Evaluation } from "./evaluation.ts";

/**
 * Formats an evaluation as CSV (RFC 4180): a row for each image of each method, in full precision; cells of metrics that were
 * not measured are empty. A name that a spreadsheet would take for a formula gets an apostrophe before it.
 *
 * @example
 * const photos = { kind: "photos", source: "dark", count: 2, baseline: "lime", failures: [] } as const;
 * const images = [{ name: "a", loe: 210 }, { name: "b", loe: 250 }];
 * const csv = evaluationCsv(summarise({ ...photos, methods: [{ method: "lime", images }] }));
 */
export function evaluationCsv({ methods, metrics }: Evaluation): string {
  const rows = methods.flatMap(({ method, images }) =>
    images.map((image) => [method, image.name, ...metrics.map((name) => image[name] ?? ""), image.seconds ?? ""]),
  );
  return csvTable(["method", "image", ...metrics, "seconds"], rows);
}
