import type { BatchReporter, BatchResult } from "@kindling/node";
import { createBarReporter } from "./bar-reporter.ts";
import type { BatchWords } from "./batch-words.ts";
import { createJsonReporter } from "./json-reporter.ts";
import { createLineReporter } from "./line-reporter.ts";

/** Chooses the reporter for the reader: a program (`json`), a person at a terminal, or a log. */
export function chooseReporter<Result extends BatchResult>(
  json: boolean,
  words: BatchWords<Result>,
): BatchReporter<Result> {
  if (json) return createJsonReporter(words);
  return process.stderr.isTTY && process.stdout.isTTY ? createBarReporter(words) : createLineReporter(words);
}
