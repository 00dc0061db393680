import type { Reporter } from "./reporter.ts";

/** One JSON object a line, for programs; `event` tells them apart: start, enhanced, failed, end. */
export const jsonReporter: Reporter = {
  start: (photos, doneBefore) => print({ event: "start", photos, doneBefore }),
  progress: () => undefined,
  enhanced: (input, output, { staged: _, ...facts }) => print({ event: "enhanced", input, output, ...facts }),
  failed: (input, code, message) => print({ event: "failed", input, code, message }),
  end: (summary) => print({ event: "end", ...summary }),
};

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
