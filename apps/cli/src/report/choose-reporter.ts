import type { BatchReporter, BatchResult } from "@kindling/node";
import { barReporter } from "./bar-reporter.ts";
import type { BatchWords } from "./batch-words.ts";
import { jsonReporter } from "./json-reporter.ts";
import { lineReporter } from "./line-reporter.ts";

/** The reporter for the reader: a program (`json`), a person at a terminal, or a log. */
export function chooseReporter<Result extends BatchResult>(
  json: boolean,
  words: BatchWords<Result>,
): BatchReporter<Result> {
  if (json) return jsonReporter(words);
  return process.stderr.isTTY && process.stdout.isTTY ? barReporter(words) : lineReporter(words);
}
