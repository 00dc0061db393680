import type { BatchWords, Reporter } from "./reporter.ts";
import { summaryLines } from "./words.ts";

/** Plain lines, one a photo, for logs and pipes: results to the standard output, failures to the standard error. */
export function lineReporter<Result>(words: BatchWords<Result>): Reporter<Result> {
  return {
    start: () => undefined,
    progress: () => undefined,
    finished: (input, output, result) => process.stdout.write(`${words.line(input, output, result)}\n`),
    failed: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: (summary) => process.stdout.write(`${summaryLines(summary, words.done)}\n`),
  };
}
