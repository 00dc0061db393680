import type { Reporter } from "./reporter.ts";
import { enhancedLine, summaryLines } from "./words.ts";

/** Plain lines, one a photo, for logs and pipes: results to the standard output, failures to the standard error. */
export const lineReporter: Reporter = {
  start: () => undefined,
  progress: () => undefined,
  enhanced: (input, output, result) => process.stdout.write(`${enhancedLine(input, output, result)}\n`),
  failed: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
  end: (summary) => process.stdout.write(`${summaryLines(summary)}\n`),
};
