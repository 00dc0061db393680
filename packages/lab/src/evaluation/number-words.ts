import type { Metric } from "./metric-table.ts";

/** A number that always shows its sign. */
export function signed(value: number, decimals: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}

/** A metric's title with its unit. */
export function withUnit({ title, unit }: Metric): string {
  return unit ? `${title} (${unit})` : title;
}
