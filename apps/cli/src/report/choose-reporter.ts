import type { BatchReporter, BatchResult } from "@kindling/node";
import type { BatchWords } from "./batch-words.ts";
import { createJsonReporter } from "./json-reporter.ts";
import { createLineReporter } from "./line-reporter.ts";

/** Chooses the reporter for the reader: a program (`json`), a person at a terminal, or a log. */
export async function chooseReporter<Result extends BatchResult>(
  json: boolean,
  words: BatchWords<Result>,
): Promise<BatchReporter<Result>> {
  if (json) return createJsonReporter(words);
  if (!process.stderr.isTTY || !process.stdout.isTTY) return createLineReporter(words);
  // Loaded here, because only a terminal shows a bar.
  return (await import("./bar-reporter.ts")).createBarReporter(words);
}
