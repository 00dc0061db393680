import type { BatchReporter } from "@kindling/node";

/** Creates a reporter of failures alone, on the standard error: for commands whose standard output is the result. */
export function createFailureReporter(): BatchReporter<unknown> {
  const none = () => undefined;
  return {
    start: none,
    progress: none,
    finish: none,
    fail: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: none,
  };
}
