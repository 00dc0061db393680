import { printableText } from "@kindling/node/internal";
import type { WorkReporter, WorkSummary } from "@kindling/worker";
import { arrow, enhanceWords } from "./batch-words.ts";

/** A reporter of a worker, told its end as well. */
export interface EndedWorkReporter extends WorkReporter {
  end(summary: WorkSummary): void;
}

/** Creates a reporter of what a worker does: lines for people and logs, or one JSON object a line. */
export function createWorkReporter(json: boolean): EndedWorkReporter {
  const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  if (json) {
    return {
      start: (worker, queue) => print({ event: "start", worker, queue }),
      finish: ({ input, output, enhancement }) => {
        const { files: _, content: __, ...facts } = enhancement ?? { files: [] };
        print({ event: enhancement ? "enhanced" : "done-before", input, output, ...facts });
      },
      fail: (input, code, message, isLast) => print({ event: isLast ? "failed" : "to-retry", input, code, message }),
      notice: (message) => print({ event: "notice", message }),
      end: (summary) => print({ event: "end", ...summary }),
    };
  }
  return {
    start: (worker, queue) => process.stderr.write(`${printableText(worker)} works for ${queue}\n`),
    finish: ({ input, output, enhancement }) => {
      const line = enhancement ? enhanceWords.line(input, output, enhancement) : `${arrow(input, output)}  done before`;
      process.stdout.write(`${line}\n`);
    },
    fail: (_input, _code, message, isLast) =>
      process.stderr.write(`${isLast ? "set aside" : "to be tried again"}: ${message}\n`),
    notice: (message) => process.stderr.write(`note: ${printableText(message)}\n`),
    end: ({ enhanced, doneBefore, failed }) =>
      process.stdout.write(`${enhanced} enhanced, ${doneBefore} done before, ${failed} set aside.\n`),
  };
}
