import type { BatchReporter } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { arrow, type BatchWords } from "./batch-words.ts";
import { formatDuration } from "./format-duration.ts";
import { formatSummary } from "./format-summary.ts";

/** Time between two lines on the frames of a video. */
const framesEveryMs = 15_000;

/** Creates a reporter for logs and pipes: one line a photo, results on the standard output, failures on the standard error. */
export function createLineReporter<Result>(words: BatchWords<Result>): BatchReporter<Result> {
  const startedAt = performance.now();
  const toldAt = new Map<string, number>();
  return {
    notice: (path, message) => process.stderr.write(`note: ${printableText(`${path}: ${message}`)}\n`),
    start: () => undefined,
    progress: () => undefined,
    frames: (input, { frames, total, framesPerSecond, secondsLeft }) => {
      const now = performance.now();
      if (now - (toldAt.get(input) ?? startedAt) < framesEveryMs) return;
      toldAt.set(input, now);
      const left = Number.isFinite(secondsLeft) ? `, ${formatDuration(secondsLeft)} left` : "";
      const of = total > 0 ? ` of ${total}` : "";
      process.stderr.write(
        `${printableText(input)}: ${frames}${of} frames, ${framesPerSecond.toFixed(1)} frames/s${left}\n`,
      );
    },
    plan: (input, output) => process.stdout.write(`${arrow(input, output)}\n`),
    finish: (input, output, result) => process.stdout.write(`${words.line(input, output, result)}\n`),
    fail: (_input, _code, message) => process.stderr.write(`failed: ${message}\n`),
    end: (summary) => process.stdout.write(`${formatSummary(summary, words.done)}\n`),
  };
}
