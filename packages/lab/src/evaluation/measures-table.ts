import type { Measures } from "./measure-result.ts";
import { metrics } from "./metric-table.ts";
import { withUnit } from "./number-words.ts";

/** Measures as a table for a terminal, one metric a line. */
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
