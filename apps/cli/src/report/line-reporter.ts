import type { BatchReporter } from "@kindling/node";
import type { BatchWords } from "./batch-words.ts";
import { summaryLines } from "./words.ts";

/** One line a photo, for logs and pipes: results to the standard output, failures to the standard error. */
export function lineReporter<Result>(words: BatchWords<Result>): BatchReporter<Result> {
  return {
    start: () => undefined,
    progress: () => undefined,
    finish: (input, output, result) => process.stdout.write(`${words.line(input, output, result)}\n`),
    fail: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: (summary) => process.stdout.write(`${summaryLines(summary, words.done)}\n`),
  };
}
