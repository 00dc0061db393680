import type { Measures } from "./measure-result.ts";
import { metrics } from "./metric-table.ts";
import { withUnit } from "./number-words.ts";

/**
 * Formats measures as a table for a terminal, one metric a line.
 *
 * @example
 * // runs
 * const table = measuresTable({ psnr: 21.3456, ssim: 0.81234 });
 * table.split("\n").length; // 2
 */
export function measuresTable(measures: Measures): string {
  const lines = metrics.flatMap((metric) => {
    const value = measures[metric.name];
    const arrow = metric.better === "more" ? "↑" : "↓";
    return value === undefined
      ? []
      : `${withUnit(metric).padEnd(18)}${arrow} ${value.toFixed(metric.decimals).padStart(10)}`;
  });
  return lines.join("\n");
}
