import type { Evaluation, MethodSummary } from "../evaluation/evaluation.ts";
import type { Metric } from "../evaluation/metric-table.ts";
import { withUnit } from "../evaluation/number-words.ts";
import { linearAxis, logarithmicAxis } from "./axis.ts";
import { type Html, html } from "./html.ts";
import { seriesColour } from "./series-colour.ts";

const [width, height] = [560, 360];
const edge = { left: 62, right: 18, top: 14, bottom: 46 } as const;
const lineHeight = 13;
const letterWidth = 6.6;

interface Point {
  readonly method: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly seconds: number;
  readonly mean: number;
}

/** Draws quality against speed, each method with its interval; undefined where no method was timed. */
export function speedPlot(evaluation: Evaluation, metric: Metric): Html | undefined {
  const timed = evaluation.methods.flatMap((summary) => factsOf(summary, metric));
  if (timed.length === 0) return undefined;
  const across = logarithmicAxis(
    timed.map(({ seconds }) => seconds),
    edge.left,
    width - edge.right,
  );
  const up = linearAxis(
    timed.flatMap(({ low, high }) => [low, high]),
    height - edge.bottom,
    edge.top,
  );
  const points = timed.map(
    (facts): Point => ({
      ...facts,
      x: across.place(facts.seconds),
      y: up.place(facts.mean),
      low: up.place(facts.low),
      high: up.place(facts.high),
    }),
  );
  const labels = placeLabels(points);
  const title = `${withUnit(metric)} against seconds per image`;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
${up.ticks.map(
  (
    tick,
  ) => html`<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${up.place(tick)}" y2="${up.place(tick)}"/>
<text class="tick" x="${edge.left - 8}" y="${up.place(tick) + 4}" text-anchor="end">${tick}</text>`,
)}
${across.ticks.map(
  (
    tick,
  ) => html`<line class="grid" y1="${edge.top}" y2="${height - edge.bottom}" x1="${across.place(tick)}" x2="${across.place(tick)}"/>
<text class="tick" x="${across.place(tick)}" y="${height - edge.bottom + 17}" text-anchor="middle">${tick}</text>`,
)}
<text x="${(edge.left + width - edge.right) / 2}" y="${height - 8}" text-anchor="middle">Seconds per image (logarithmic; left is faster)</text>
<text transform="translate(14 ${(edge.top + height - edge.bottom) / 2}) rotate(-90)" text-anchor="middle">${withUnit(metric)}, ${metric.better === "more" ? "up" : "down"} is better</text>
${points.map(
  ({ method, x, y, low, high, seconds, mean }, i) => html`<g style="color:${seriesColour(evaluation, method)}">
<line x1="${x}" x2="${x}" y1="${low}" y2="${high}" stroke="currentColor" stroke-width="2" stroke-opacity="0.55"/>
<circle cx="${x}" cy="${y}" r="5.5" fill="currentColor"><title>${method}: ${mean.toFixed(metric.decimals)} at ${seconds.toPrecision(3)} s</title></circle>
<text x="${labels[i]?.x}" y="${labels[i]?.y}" style="fill:currentColor;font-weight:600">${method}</text>
</g>\n`,
)}
</svg>`;
}

function factsOf({ method, secondsPerImage, estimates }: MethodSummary, { name }: Metric) {
  const estimate = estimates[name];
  if (secondsPerImage === undefined || !estimate || !Number.isFinite(estimate.high)) return [];
  const { mean, low, high } = estimate;
  return [{ method, seconds: secondsPerImage, mean, low, high }];
}

/** Places each label beside its point, at the first position that is free of other labels and points. */
function placeLabels(points: readonly Point[]): { x: number; y: number }[] {
  const taken = points.flatMap(({ x, y, low, high }) => [
    { x: x - 7, y: y - 7, width: 14, height: 14 },
    { x: x - 2, y: high, width: 4, height: low - high },
  ]);
  return points.map(({ method, x, y }) => {
    const wide = method.length * letterWidth;
    const choices = [
      { x: x + 10, y: y + 4 },
      { x: x - 10 - wide, y: y + 4 },
      { x: x + 10, y: y - 10 },
      { x: x + 10, y: y + 18 },
      { x: x - 10 - wide, y: y - 10 },
      { x: x - 10 - wide, y: y + 18 },
    ];
    const boxOf = (place: { x: number; y: number }) => ({
      x: place.x,
      y: place.y - 10,
      width: wide,
      height: lineHeight,
    });
    const isFree = (place: { x: number; y: number }) => {
      const box = boxOf(place);
      return box.x > edge.left && box.x + wide < width && !taken.some((other) => overlaps(box, other));
    };
    const place = choices.find(isFree) ?? { x: x + 10, y: y + 4 };
    taken.push(boxOf(place));
    return place;
  });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
