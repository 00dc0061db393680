import type { Metric } from "./metric-table.ts";

/** Formats a number with its sign; without one where it rounds to zero. */
export function formatSigned(value: number, decimals: number): string {
  const size = Math.abs(value).toFixed(decimals);
  if (Number(size) === 0) return size;
  return value < 0 ? `−${size}` : `+${size}`;
}

/** A metric's title with its unit. */
export function withUnit({ title, unit }: Metric): string {
  return unit ? `${title} (${unit})` : title;
}
