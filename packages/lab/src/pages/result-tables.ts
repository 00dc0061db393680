import type { Estimate } from "../evaluation/bootstrap.ts";
import type { Evaluation, MethodSummary } from "../evaluation/evaluation.ts";
import { type Metric, metricGroups, metricOf } from "../evaluation/metric-table.ts";
import { formatSigned } from "../evaluation/number-words.ts";
import { type Html, html } from "./html.ts";
import { seriesColour } from "./series-colour.ts";

interface Column {
  readonly title: string;
  readonly about: string;
  readonly better: "more" | "less";
  /** Heading above this column and its neighbours of the same group. */
  readonly group: string;
  readonly value: (method: MethodSummary) => number | undefined;
  readonly cell: (method: MethodSummary) => Html;
}

/** Renders the sortable table of means with their intervals, speed and memory; the best of each column is marked. */
export function meansTable(evaluation: Evaluation): Html {
  const metricColumns = evaluation.metrics.map(metricOf).map(
    (metric): Column => ({
      ...headingOf(metric),
      value: ({ mean }) => mean[metric.name],
      cell: ({ estimates }) => estimateCell(estimates[metric.name], metric, formatFixed),
    }),
  );
  const isTimed = evaluation.methods.some(({ secondsPerImage }) => secondsPerImage !== undefined);
  const blind = metricColumns.filter(({ group }) => group === metricGroups.blind);
  const others = metricColumns.filter(({ group }) => group !== metricGroups.blind);
  // Cost stands beside quality, before the columns that may need scrolling.
  const columns = [...blind, ...(isTimed ? speedColumns : []), ...others];
  return sortableTable(evaluation, evaluation.methods, columns, true);
}

/** Renders the sortable table of paired differences from the baseline. */
export function differencesTable(evaluation: Evaluation): Html {
  const others = evaluation.methods.filter(({ method }) => method !== evaluation.baseline);
  const columns = evaluation.metrics.map(metricOf).map(
    (metric): Column => ({
      ...headingOf(metric),
      value: ({ differences }) => differences[metric.name]?.mean,
      cell: ({ differences }) => estimateCell(differences[metric.name], metric, formatSigned),
    }),
  );
  return sortableTable(evaluation, others, columns, false);
}

const cost = "Cost";

const speedColumns: readonly Column[] = [
  {
    title: "s/image",
    group: cost,
    about: "Mean time of the method alone, without reading and writing files.",
    better: "less",
    value: ({ secondsPerImage }) => secondsPerImage,
    cell: ({ secondsPerImage }) => html`${secondsPerImage?.toPrecision(3) ?? "–"}`,
  },
  {
    title: "MP/s",
    group: cost,
    about: "Megapixels of all photos divided by the time of the method alone.",
    better: "more",
    value: ({ megapixelsPerSecond }) => megapixelsPerSecond,
    cell: ({ megapixelsPerSecond }) => html`${megapixelsPerSecond?.toPrecision(3) ?? "–"}`,
  },
  {
    title: "Memory (MB)",
    group: cost,
    about: "Peak resident memory of a process that reads, enhances and writes these photos one by one.",
    better: "less",
    value: ({ peakMemoryBytes }) => peakMemoryBytes,
    cell: ({ peakMemoryBytes }) => html`${peakMemoryBytes === undefined ? "–" : Math.round(peakMemoryBytes / 1e6)}`,
  },
];

function headingOf(metric: Metric): Pick<Column, "title" | "about" | "better" | "group"> {
  const { short, unit, about, better, group } = metric;
  return { title: unit ? `${short} (${unit})` : short, about, better, group: metricGroups[group] };
}

function sortableTable(
  evaluation: Evaluation,
  rows: readonly MethodSummary[],
  columns: readonly Column[],
  marksBest: boolean,
): Html {
  const isFirst = columns.map(({ group }, i) => group !== columns[i - 1]?.group);
  const groups = columns.flatMap(({ group }, i) => {
    const width = columns.filter((column) => column.group === group).length;
    return isFirst[i] ? html`<th scope="colgroup" colspan="${width}" class="apart">${group}</th>` : [];
  });
  const head = columns.map(
    ({ title, about, better }, i) =>
      html`<th scope="col" data-better="${better}"${classNames(isFirst[i] && "apart")}><button type="button" title="${about}">${title} ${better === "more" ? "↑" : "↓"}</button></th>`,
  );
  const best = columns.map((column) => (marksBest ? bestOf(column, rows) : undefined));
  const body = rows.map((row) => {
    const { method, images } = row;
    const cells = columns.map((column, i) => {
      const value = column.value(row);
      const isBest = value !== undefined && value === best[i];
      return html`<td data-value="${value}"${classNames(isFirst[i] && "apart", isBest && "best")}>${column.cell(row)}</td>`;
    });
    const colour = seriesColour(evaluation, method);
    const count =
      images.length === evaluation.count
        ? undefined
        : html`<small>${images.length} of ${evaluation.count} images</small>`;
    return html`<tr><th scope="row" data-value="${method}"><span class="swatch" style="background:${colour}"></span>${method}${count}</th>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of results"><table class="sortable">
<thead><tr class="groups"><td></td>${groups}</tr><tr><th scope="col"><button type="button">Method</button></th>${head}</tr></thead>
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

function formatFixed(value: number, decimals: number): string {
  return value === Number.POSITIVE_INFINITY ? "∞" : value.toFixed(decimals);
}

/** Finds the best value of a column; undefined for fewer than two values. */
function bestOf({ better, value }: Column, rows: readonly MethodSummary[]): number | undefined {
  const values = rows.flatMap((row) => value(row) ?? []);
  if (values.length < 2) return undefined;
  return better === "more" ? Math.max(...values) : Math.min(...values);
}

function classNames(...names: readonly (string | false | undefined)[]): Html | undefined {
  const given = names.filter(Boolean);
  return given.length > 0 ? html` class="${given.join(" ")}"` : undefined;
}
