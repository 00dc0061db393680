import {
  type Estimate,
  type Evaluation,
  type MethodSummary,
  type Metric,
  metricOf,
  signed,
  withUnit,
} from "@kindling/lab";
import { type Html, html } from "./html.ts";
import { seriesColour } from "./series-colour.ts";

interface Column {
  readonly title: string;
  readonly about: string;
  readonly better: "more" | "less";
  /** Set apart from the columns before it. */
  readonly apart?: boolean;
  readonly value: (method: MethodSummary) => number | undefined;
  readonly cell: (method: MethodSummary) => Html;
}

/** The table of means with their intervals, the best of each column marked, with speed and memory; sortable. */
export function meansTable(evaluation: Evaluation): Html {
  const metricColumns = evaluation.metrics.map(metricOf).map(
    (metric): Column => ({
      title: withUnit(metric),
      about: metric.about,
      better: metric.better,
      apart: metric.name === "gtMeanPsnr" || metric.name === "referenceLightPsnr" || metric.name === "ciede2000",
      value: ({ mean }) => mean[metric.name],
      cell: ({ estimates }) => estimateCell(estimates[metric.name], metric, plain),
    }),
  );
  const isTimed = evaluation.methods.some(({ secondsPerImage }) => secondsPerImage !== undefined);
  return sortableTable(evaluation, evaluation.methods, [...metricColumns, ...(isTimed ? speedColumns : [])], true);
}

/** The table of paired differences from the baseline; sortable. */
export function differencesTable(evaluation: Evaluation): Html {
  const others = evaluation.methods.filter(({ method }) => method !== evaluation.baseline);
  const columns = evaluation.metrics.map(metricOf).map(
    (metric): Column => ({
      title: withUnit(metric),
      about: metric.about,
      better: metric.better,
      value: ({ differences }) => differences[metric.name]?.mean,
      cell: ({ differences }) => estimateCell(differences[metric.name], metric, signed),
    }),
  );
  return sortableTable(evaluation, others, columns, false);
}

const speedColumns: readonly Column[] = [
  {
    title: "Seconds per image",
    about: "Mean time of the method alone, without reading and writing files.",
    better: "less",
    apart: true,
    value: ({ secondsPerImage }) => secondsPerImage,
    cell: ({ secondsPerImage }) => html`${secondsPerImage?.toPrecision(3) ?? "–"}`,
  },
  {
    title: "Megapixels per second",
    about: "Pixels of all photos by the time of the method alone.",
    better: "more",
    value: ({ megapixelsPerSecond }) => megapixelsPerSecond,
    cell: ({ megapixelsPerSecond }) => html`${megapixelsPerSecond?.toPrecision(3) ?? "–"}`,
  },
  {
    title: "Peak memory (MB)",
    about: "The most that a process which reads, enhances and writes these photos one by one held resident.",
    better: "less",
    value: ({ peakMemoryBytes }) => peakMemoryBytes,
    cell: ({ peakMemoryBytes }) => html`${peakMemoryBytes === undefined ? "–" : Math.round(peakMemoryBytes / 1e6)}`,
  },
];

function sortableTable(
  evaluation: Evaluation,
  rows: readonly MethodSummary[],
  columns: readonly Column[],
  marksBest: boolean,
): Html {
  const head = columns.map(
    ({ title, about, better, apart }) =>
      html`<th scope="col" data-better="${better}"${classNames(apart && "apart")}><button type="button" title="${about}">${title} ${better === "more" ? "↑" : "↓"}</button></th>`,
  );
  const best = columns.map((column) => (marksBest ? bestOf(column, rows) : undefined));
  const body = rows.map((row) => {
    const { method, images } = row;
    const cells = columns.map((column, i) => {
      const value = column.value(row);
      const isBest = value !== undefined && value === best[i];
      return html`<td data-value="${value}"${classNames(column.apart && "apart", isBest && "best")}>${column.cell(row)}</td>`;
    });
    const colour = seriesColour(evaluation, method);
    const count =
      images.length === evaluation.count
        ? undefined
        : html`<small>${images.length} of ${evaluation.count} images</small>`;
    return html`<tr><th scope="row" data-value="${method}"><span class="swatch" style="background:${colour}"></span>${method}${count}</th>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of results"><table class="sortable">
<thead><tr><th scope="col"><button type="button">Method</button></th>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>`;
}

function estimateCell(
  estimate: Estimate | undefined,
  { decimals }: Metric,
  show: (value: number, decimals: number) => string,
): Html {
  if (!estimate) return html`–`;
  const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((value) => show(value, decimals));
  return html`${mean}<small>${low} to ${high}</small>`;
}

function plain(value: number, decimals: number): string {
  return value === Number.POSITIVE_INFINITY ? "∞" : value.toFixed(decimals);
}

/** One row has no best. */
function bestOf({ better, value }: Column, rows: readonly MethodSummary[]): number | undefined {
  const values = rows.flatMap((row) => value(row) ?? []);
  if (values.length < 2) return undefined;
  return better === "more" ? Math.max(...values) : Math.min(...values);
}

function classNames(...names: readonly (string | false | undefined)[]): Html | undefined {
  const given = names.filter(Boolean);
  return given.length > 0 ? html` class="${given.join(" ")}"` : undefined;
}
