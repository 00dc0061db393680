import type { BatchResult } from "../batch/job.ts";
import { barReporter } from "./bar-reporter.ts";
import { jsonReporter } from "./json-reporter.ts";
import { lineReporter } from "./line-reporter.ts";
import type { BatchWords, Reporter } from "./reporter.ts";

/** The reporter that fits who listens: a program, a person at a terminal, or a log. */
export function reporterFor<Result extends BatchResult>(json: boolean, words: BatchWords<Result>): Reporter<Result> {
  if (json) return jsonReporter(words);
  return process.stderr.isTTY && process.stdout.isTTY ? barReporter(words) : lineReporter(words);
}
