import type { BatchReporter, BatchResult } from "@kindling/node";
import type { BatchWords } from "./batch-words.ts";

/**
 * Creates a reporter for programs: one JSON object a line. Its `event` is `notice`, `start`, `frames` (of a video), `planned`,
 * `words.done`, `failed` or `end`.
 */
export function createJsonReporter<Result extends BatchResult>({ done }: BatchWords<Result>): BatchReporter<Result> {
  return {
    notice: (path, message) => print({ event: "notice", path, message }),
    start: (photos, doneBefore) => print({ event: "start", photos, doneBefore }),
    progress: () => undefined,
    frames: (input, { secondsLeft, ...progress }) =>
      print({ event: "frames", input, ...progress, secondsLeft: Number.isFinite(secondsLeft) ? secondsLeft : null }),
    plan: (input, output) => print({ event: "planned", input, output }),
    finish: (input, output, { files: _, content: __, ...facts }) => print({ event: done, input, output, ...facts }),
    fail: (input, code, message) => print({ event: "failed", input, code, message }),
    end: ({ finished, ...summary }) => print({ event: "end", [done]: finished, ...summary }),
  };
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
