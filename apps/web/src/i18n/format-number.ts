import { language } from "./language.ts";

/** Writes a number as the language of the page does. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(language.value, options).format(value);
}

/** Writes a number of bytes in kilobytes or megabytes. */
export function formatBytes(bytes: number): string {
  const isSmall = bytes < 1e6;
  const unit = isSmall ? "kilobyte" : "megabyte";
  const digits = isSmall || bytes >= 1e7 ? 0 : 1;
  return formatNumber(bytes / (isSmall ? 1e3 : 1e6), { style: "unit", unit, maximumFractionDigits: digits });
}
