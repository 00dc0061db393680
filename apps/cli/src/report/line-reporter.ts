import type { BatchReporter } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { arrow, type BatchWords } from "./batch-words.ts";
import { formatSummary } from "./format-summary.ts";

/** Creates a reporter for logs and pipes: one line a photo, results on the standard output, failures on the standard error. */
export function createLineReporter<Result>(words: BatchWords<Result>): BatchReporter<Result> {
  return {
    notice: (path, message) => process.stderr.write(`note: ${printableText(`${path}: ${message}`)}\n`),
    start: () => undefined,
    progress: () => undefined,
    plan: (input, output) => process.stdout.write(`${arrow(input, output)}\n`),
    finish: (input, output, result) => process.stdout.write(`${words.line(input, output, result)}\n`),
    fail: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: (summary) => process.stdout.write(`${formatSummary(summary, words.done)}\n`),
  };
}
