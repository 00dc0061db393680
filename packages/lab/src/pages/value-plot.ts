import { linearAxis } from "./axis.ts";
import { type Html, html } from "./html.ts";

const [width, height] = [560, 300];
const edge = { left: 62, right: 14, top: 14, bottom: 46 } as const;

/** A measured trial in a plot over the values of one setting. */
export interface ValueDot {
  readonly name: string;
  /** Its value of the setting, as people type it. */
  readonly value: string;
  readonly y: number;
}

/**
 * Draws a measure over the values of a setting: a dot for each trial, and a line through the best of each value. Values stand
 * side by side in their order, whatever their distance.
 */
export function valuePlot(
  dots: readonly ValueDot[],
  values: readonly string[],
  { across, up, decimals }: { readonly across: string; readonly up: string; readonly decimals: number },
): Html {
  const rise = linearAxis(
    dots.map(({ y }) => y),
    height - edge.bottom,
    edge.top,
  );
  const step = (width - edge.left - edge.right) / values.length;
  const placeOf = (value: string) => edge.left + (values.indexOf(value) + 0.5) * step;
  const best = values.flatMap((value) => {
    const found = dots.filter((dot) => dot.value === value).map(({ y }) => y);
    return found.length > 0 ? [`${placeOf(value).toFixed(1)},${rise.place(Math.max(...found)).toFixed(1)}`] : [];
  });
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${up} over ${across}">
${rise.ticks.map(
  (
    tick,
  ) => html`<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${rise.place(tick)}" y2="${rise.place(tick)}"/>
<text class="tick" x="${edge.left - 8}" y="${rise.place(tick) + 4}" text-anchor="end">${Number(tick.toPrecision(4))}</text>`,
)}
${values.map((value) => html`<text class="tick" x="${placeOf(value)}" y="${height - edge.bottom + 17}" text-anchor="middle">${value}</text>`)}
<line class="axis" x1="${edge.left}" x2="${width - edge.right}" y1="${height - edge.bottom}" y2="${height - edge.bottom}"/>
<text x="${(edge.left + width - edge.right) / 2}" y="${height - 8}" text-anchor="middle">${across}</text>
<text transform="translate(14 ${(edge.top + height - edge.bottom) / 2}) rotate(-90)" text-anchor="middle">${up}</text>
<g style="color:var(--series-1)"><polyline points="${best.join(" ")}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/>
${dots.map((dot) => html`<circle cx="${placeOf(dot.value)}" cy="${rise.place(dot.y)}" r="3.5" fill="currentColor" fill-opacity="0.55"><title>${dot.name}: ${dot.y.toFixed(decimals)}</title></circle>`)}</g>
</svg>`;
}
