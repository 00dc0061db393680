import { quantileSorted } from "d3-array";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Metric } from "../evaluation/metric-table.ts";
import { withUnit } from "../evaluation/number-words.ts";
import { linearAxis } from "./axis.ts";
import { type Html, html } from "./html.ts";
import { seriesColour } from "./series-colour.ts";

const width = 560;
/** Height in pixels of the speed plot beside it; this plot is higher only where its rows need more. */
const wantedHeight = 360;
const rowHeights = { least: 30, most: 80 } as const;
const edge = { right: 18, top: 12, bottom: 46 } as const;
// Width in pixels of a wide bold letter such as m.
const letterWidth = 8.8;
const longestLabel = 22;

/** Draws the value of every image by method, over a box of quartiles; a press on a dot shows its photo. */
export function distributionPlot(evaluation: Evaluation, metric: Metric): Html {
  const rows = evaluation.methods.map(({ method, images }) => ({
    method,
    dots: images.flatMap((image) => {
      const value = image[metric.name];
      return value === undefined || !Number.isFinite(value) ? [] : [{ name: image.name, value }];
    }),
  }));
  const values = rows.flatMap(({ dots }) => dots.map(({ value }) => value));
  const left = 16 + letterWidth * Math.min(longestLabel, Math.max(...rows.map(({ method }) => method.length)));
  const room = (wantedHeight - edge.top - edge.bottom) / rows.length;
  const rowHeight = Math.min(rowHeights.most, Math.max(rowHeights.least, room));
  const height = edge.top + rows.length * rowHeight + edge.bottom;
  const across = linearAxis(values.length > 0 ? values : [0], left, width - edge.right);
  const bottom = height - edge.bottom;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${withUnit(metric)} of each image, by method">
${across.ticks.map(
  (
    tick,
  ) => html`<line class="grid" y1="${edge.top}" y2="${bottom}" x1="${across.place(tick)}" x2="${across.place(tick)}"/>
<text class="tick" x="${across.place(tick)}" y="${bottom + 17}" text-anchor="middle">${tick}</text>`,
)}
<text x="${(left + width - edge.right) / 2}" y="${height - 8}" text-anchor="middle">${withUnit(metric)}, ${metric.better === "more" ? "right" : "left"} is better</text>
${rows.map(({ method, dots }, row) => {
  const middle = edge.top + (row + 0.5) * rowHeight;
  const name = method.length > longestLabel ? `…${method.slice(1 - longestLabel)}` : method;
  return html`<g style="color:${seriesColour(evaluation, method)}">
<text x="${left - 10}" y="${middle + 4}" text-anchor="end" style="fill:currentColor;font-weight:600">${name}</text>
${boxOf(
  dots.map(({ value }) => value),
  across.place,
  middle,
)}
${dots.map(
  (dot, i) =>
    html`<circle data-photo="${dot.name}" cx="${across.place(dot.value)}" cy="${middle + jitter(i)}" r="3.5" fill="currentColor" fill-opacity="0.55"><title>${dot.name}: ${dot.value.toFixed(metric.decimals)}</title></circle>`,
)}
</g>\n`;
})}
</svg>`;
}

function boxOf(values: readonly number[], place: (value: number) => number, middle: number): Html | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share));
  if (low === undefined || median === undefined || high === undefined) return undefined;
  return html`<rect x="${place(low)}" y="${middle - 13}" width="${place(high) - place(low)}" height="26" rx="3" fill="currentColor" fill-opacity="0.14" stroke="currentColor" stroke-opacity="0.6"/>
<line x1="${place(median)}" x2="${place(median)}" y1="${middle - 13}" y2="${middle + 13}" stroke="currentColor" stroke-width="2.5"/>`;
}

/** Spreads dots over the height of a row, so that equal values stay apart; deterministic. */
function jitter(index: number): number {
  // Multiples of the golden ratio leave no two neighbours close to each other.
  return (((index * 0.618034) % 1) - 0.5) * 20;
}
