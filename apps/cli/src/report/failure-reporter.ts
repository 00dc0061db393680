import type { BatchReporter, Enhancement } from "@kindling/node";
import { printableText } from "@kindling/node/internal";

/** Creates a reporter of failures and losses, on the standard error: for commands whose standard output is the result. */
export function createFailureReporter(): BatchReporter<Enhancement> {
  const none = () => undefined;
  const note = (text: string) => process.stderr.write(`note: ${printableText(text)}\n`);
  return {
    notice: (path, message) => note(`${path}: ${message}`),
    start: none,
    progress: none,
    finish: (_input, _output, { notes }) => notes.forEach(note),
    fail: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: none,
  };
}
