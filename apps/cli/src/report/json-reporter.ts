import type { BatchResult } from "../batch/job.ts";
import type { BatchWords, Reporter } from "./reporter.ts";

/** One JSON object a line, for programs; `event` tells them apart: start, what was done to a photo, failed, end. */
export function jsonReporter<Result extends BatchResult>({ done }: BatchWords<Result>): Reporter<Result> {
  return {
    start: (photos, doneBefore) => print({ event: "start", photos, doneBefore }),
    progress: () => undefined,
    finished: (input, output, { files: _, ...facts }) => print({ event: done, input, output, ...facts }),
    failed: (input, code, message) => print({ event: "failed", input, code, message }),
    end: ({ finished, ...summary }) => print({ event: "end", [done]: finished, ...summary }),
  };
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
