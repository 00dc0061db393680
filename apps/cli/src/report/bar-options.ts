import type { Options } from "cli-progress";

/** Width of a bar where there is room for it, in letters. */
const widestBar = 40;

/**
 * Options of a progress bar on the standard error. In a narrow terminal the bar is short, or left out: what is beyond the edge is not
 * shown, and numbers tell more than a bar.
 *
 * @param format with `{bar}`, as cli-progress has it.
 * @param textWidth letters that the text beside the bar takes.
 */
export function barOptions(format: string, textWidth: number, columns = process.stderr.columns ?? 80): Options {
  const barsize = Math.min(Math.max(columns - textWidth - 1, 0), widestBar);
  const shown = barsize === 0 ? format.replace(/\{bar\} */, "") : format;
  return { format: shown, barsize, stream: process.stderr, clearOnComplete: true, hideCursor: true };
}
