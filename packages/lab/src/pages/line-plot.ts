import { linearAxis, logarithmicAxis } from "./axis.ts";
import { Html, html } from "./html.ts";
import { dashOfLine } from "./line-dash.ts";
import { palette, plotStyle } from "./page-style.ts";
import { colourOfSeries } from "./series-colour.ts";

const [width, height] = [560, 300];
const edge = { left: 62, right: 14, top: 14, bottom: 46 } as const;

/** One line of a plot. */
export interface Line {
  readonly name: string;
  /** From left to right. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** How a plot is labelled and scaled. */
export interface LinePlotOptions {
  readonly across: string;
  readonly up: string;
  /** Whether the vertical scale is logarithmic; needs all values above 0. */
  readonly logarithmic: boolean;
}

/** Width in pixels of the piece of a line in the legend, where lines have dashes. */
const pieceWidth = 40;

/** Draws lines, each with its colour, those of more than eight also with dashes, and a legend below. */
export function linePlot(lines: readonly Line[], options: LinePlotOptions): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${options.up} over ${options.across}">
${drawing(lines, options)}
</svg>
<p class="note">${lines.map((line, i) => html`${swatch(i, lines.length)}${line.name}&ensp;`)}</p>`;
}

function swatch(index: number, count: number): Html {
  const colour = colourOfSeries(index);
  const dash = dashOfLine(index, count);
  if (dash === undefined) return html`<span class="swatch" style="background:${colour}"></span>`;
  return html`<svg class="piece" viewBox="0 0 ${pieceWidth} 8" aria-hidden="true">${piece(colour, dash, 0, 4)}</svg>`;
}

/** A piece of a line, for the legend. */
function piece(colour: string, dash: string, x: number, y: number): Html {
  return html`<line style="color:${colour}" x1="${x}" x2="${x + pieceWidth}" y1="${y}" y2="${y}" stroke="currentColor" stroke-width="1.8" stroke-dasharray="${dash}"/>`;
}

/** Draws the same plot as the text of an SVG file, in light colours, with the legend inside. */
export function linePlotFile(lines: readonly Line[], options: LinePlotOptions): string {
  const rowPx = 18;
  const whole = height + lines.length * rowPx + 6;
  const legend = lines.map(({ name }, i) => {
    const y = height + (i + 0.6) * rowPx;
    const dash = dashOfLine(i, lines.length);
    if (dash !== undefined) {
      return html`${piece(colourOfSeries(i), dash, edge.left, y - 4)}<text x="${edge.left + pieceWidth + 10}" y="${y}">${name}</text>`;
    }
    return html`<circle cx="${edge.left + 5}" cy="${y - 4}" r="4" fill="${colourOfSeries(i)}"/><text x="${edge.left + 16}" y="${y}">${name}</text>`;
  });
  const { text } =
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" role="img" aria-label="${options.up} over ${options.across}">
<style>text { fill: var(--text); font: 12px system-ui, sans-serif; } ${new Html(plotStyle)}</style>
<rect width="100%" height="100%" fill="var(--ground)"/>
${drawing(lines, options)}
${legend}
</svg>
`;
  // Not every SVG viewer supports variables.
  return text.replaceAll(/var\(--([\w-]+)\)/g, (variable, name: string) => palette[name]?.[0] ?? variable);
}

function drawing(lines: readonly Line[], options: LinePlotOptions): Html {
  const points = lines.flatMap((line) => line.points);
  const across = linearAxis(
    points.map(({ x }) => x),
    edge.left,
    width - edge.right,
  );
  // The axis begins left of the first point; there are no steps below 0, but there are stops.
  const least = Math.min(0, ...points.map(({ x }) => x));
  // Steps, pairs and stops are counted: there is no pair one and a half.
  const isCounted = points.every(({ x }) => Number.isInteger(x));
  const upright = options.logarithmic ? logarithmicAxis : linearAxis;
  const up = upright(
    points.map(({ y }) => y),
    height - edge.bottom,
    edge.top,
  );
  const place = ({ x, y }: { x: number; y: number }) => `${across.place(x).toFixed(1)},${up.place(y).toFixed(1)}`;
  return html`${up.ticks.map(
    (
      tick,
    ) => html`<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${up.place(tick)}" y2="${up.place(tick)}"/>
<text class="tick" x="${edge.left - 8}" y="${up.place(tick) + 4}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
  )}
${across.ticks
  .filter((tick) => tick >= least && (!isCounted || Number.isInteger(tick)))
  .map(
    (tick) =>
      html`<text class="tick" x="${across.place(tick)}" y="${height - edge.bottom + 17}" text-anchor="middle">${tick}</text>`,
  )}
<line class="axis" x1="${edge.left}" x2="${width - edge.right}" y1="${height - edge.bottom}" y2="${height - edge.bottom}"/>
<text x="${(edge.left + width - edge.right) / 2}" y="${height - 8}" text-anchor="middle">${options.across}</text>
<text transform="translate(14 ${(edge.top + height - edge.bottom) / 2}) rotate(-90)" text-anchor="middle">${options.up}</text>
${lines.map(
  (
    line,
    i,
  ) => html`<g style="color:${colourOfSeries(i)}"><polyline points="${line.points.map(place).join(" ")}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"${dashed(dashOfLine(i, lines.length))}/>
${line.points.length < 40 ? line.points.map((point) => html`<circle cx="${across.place(point.x)}" cy="${up.place(point.y)}" r="2.6" fill="currentColor"><title>${line.name}: ${Number(point.y.toPrecision(5))} at ${point.x}</title></circle>`) : undefined}</g>\n`,
)}`;
}

function dashed(dash: string | undefined): Html | undefined {
  return dash === undefined ? undefined : html` stroke-dasharray="${dash}"`;
}
