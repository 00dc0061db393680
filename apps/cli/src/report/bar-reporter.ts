import type { BatchReporter, FrameProgress } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { MultiBar, Presets, type SingleBar } from "cli-progress";
import { barOptions } from "./bar-options.ts";
import { arrow, type BatchWords } from "./batch-words.ts";
import { formatDuration } from "./format-duration.ts";
import { formatSummary } from "./format-summary.ts";
import { rateOf } from "./rate-of.ts";

/** Letters of counts, rate and time left beside the bar. */
const textWidth = 40;

/** Creates a reporter for terminals: a progress bar with rate and time left, and a line for each photo above it. */
export function createBarReporter<Result>(words: BatchWords<Result>): BatchReporter<Result> {
  const bars = new MultiBar(
    barOptions("{bar} {done}/{total} files  {rate}  {left} left", textWidth),
    Presets.shades_classic,
  );
  let bar: SingleBar | undefined;
  let startedAt = 0;
  /** Videos in work. */
  const frames = new Map<string, FrameProgress>();
  return {
    // Before the bar is shown there is nothing to write above.
    notice: (path, message) => process.stderr.write(`note: ${printableText(`${path}: ${message}`)}\n`),
    start: (photos) => {
      startedAt = performance.now();
      bar = bars.create(photos, 0, { done: 0, rate: "-", left: "-" });
      frames.clear();
    },
    progress: (photos) => {
      const total = bar?.getTotal() ?? 0;
      // cli-progress estimates the rate from the last few updates, which here are parts of one photo.
      const rate = rateOf(photos, total, (performance.now() - startedAt) / 1000);
      const left = rate === undefined ? "-" : formatDuration((total - photos) / rate);
      bar?.update(photos, { done: Math.floor(photos), rate: describeRate(rate, [...frames.values()]), left });
    },
    frames: (input, progress) => frames.set(input, progress),
    plan: (input, output) => bars.log(`${arrow(input, output)}\n`),
    finish: (input, output, result) => {
      frames.delete(input);
      bars.log(`${words.line(input, output, result)}\n`);
    },
    fail: (input, _code, message) => {
      frames.delete(input);
      bars.log(`failed: ${message}\n`);
    },
    end: (summary) => {
      bars.update();
      bars.stop();
      process.stdout.write(`${formatSummary(summary, words.done)}\n`);
    },
  };
}

function describeRate(photosPerSecond: number | undefined, videos: readonly FrameProgress[]): string {
  if (videos.length > 0) {
    return `${formatRate(videos.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0))} frames/s`;
  }
  return photosPerSecond === undefined ? "-" : `${formatRate(photosPerSecond)} files/s`;
}

function formatRate(rate: number): string {
  return rate.toFixed(rate < 1 ? 2 : 1);
}
