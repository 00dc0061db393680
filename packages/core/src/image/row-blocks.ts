import type { Steps } from "../flow/steps.ts";

/** Samples handled between two yields: some 10 ms of work on a laptop core for the dearest per-pixel formulas. */
const samplesPerStep = 1 << 18;

/**
 * Calls `work(from, to)` for consecutive blocks of the rows 0 to `rows`, yielding after each block.
 *
 * @param rowLength samples of work one row stands for: decides how many rows make a block.
 */
export function* overRows(rows: number, rowLength: number, work: (from: number, to: number) => void): Steps<void> {
  const rowsPerStep = Math.max(1, Math.floor(samplesPerStep / rowLength));
  for (let from = 0; from < rows; from += rowsPerStep) {
    const to = Math.min(rows, from + rowsPerStep);
    work(from, to);
    yield to / rows;
  }
}
