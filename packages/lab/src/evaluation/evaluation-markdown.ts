import { markdownTable } from "../markdown-table.ts";
import type { Estimate } from "./bootstrap.ts";
import type { Evaluation, MethodSummary } from "./evaluation.ts";
import { type Metric, metricOf } from "./metric-table.ts";
import { formatSigned, withUnit } from "./number-words.ts";

/** Options of `evaluationMarkdown`. */
export interface MarkdownOptions {
  /** Whether the table shows seconds and memory; choose false where the machine had other work. */
  readonly speed: boolean;
}

/**
 * Formats an evaluation as Markdown: a table of means with intervals, one of paired differences, and the failures.
 *
 * @example
 * const photos = { kind: "photos", source: "dark", count: 2, baseline: "lime", failures: [] } as const;
 * const images = [{ name: "a", loe: 210 }, { name: "b", loe: 250 }];
 * const evaluation = summarise({ ...photos, methods: [{ method: "lime", images }] });
 * console.log(evaluationMarkdown(evaluation, { speed: false }));
 */
export function evaluationMarkdown(evaluation: Evaluation, { speed }: MarkdownOptions): string {
  const columns = evaluation.metrics.map(metricOf);
  const isTimed = speed && evaluation.methods.some(({ secondsPerImage }) => secondsPerImage !== undefined);
  const means = markdownTable(
    ["method", "images", ...columns.map(heading), ...(isTimed ? ["s/image", "MP/s", "peak MB"] : [])],
    evaluation.methods.map((method) => [
      method.method,
      String(method.images.length),
      ...columns.map((metric) => interval(method.estimates[metric.name], metric)),
      ...(isTimed ? speedCells(method) : []),
    ]),
  );
  const others = evaluation.methods.filter(({ method }) => method !== evaluation.baseline);
  const differences = markdownTable(
    [`minus ${evaluation.baseline}`, ...columns.map(heading)],
    others.map(({ method, differences }) => [
      method,
      ...columns.map((metric) => interval(differences[metric.name], metric, formatSigned)),
    ]),
  );
  const what = `${evaluation.count} ${evaluation.kind} of \`${evaluation.source}\``;
  return [
    `Mean over ${what}, with 95% bootstrap intervals. ↑ more is better, ↓ less is better.`,
    means,
    ...(others.length > 0 ? ["Paired differences, image by image:", differences] : []),
    ...(evaluation.failures.length > 0 ? [failureList(evaluation)] : []),
  ].join("\n\n");
}

function heading(metric: Metric): string {
  return `${withUnit(metric)} ${metric.better === "more" ? "↑" : "↓"}`;
}

function interval(
  estimate: Estimate | undefined,
  { decimals }: Metric,
  show = (value: number, digits: number) => value.toFixed(digits),
): string {
  if (!estimate) return "–";
  const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((value) => show(value, decimals));
  return `${mean} (${low} to ${high})`;
}

function speedCells({ secondsPerImage, megapixelsPerSecond, peakMemoryBytes }: MethodSummary): string[] {
  return [
    secondsPerImage?.toFixed(3),
    megapixelsPerSecond?.toFixed(2),
    peakMemoryBytes && Math.round(peakMemoryBytes / 1e6),
  ].map((cell) => String(cell ?? "–"));
}

function failureList({ failures }: Evaluation): string {
  return ["Not measured:", ...failures.map(({ method, message }) => `- ${method ? `${method}: ` : ""}${message}`)].join(
    "\n",
  );
}
