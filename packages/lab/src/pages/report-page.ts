import type { Evaluation } from "../evaluation/evaluation.ts";
import { type Metric, metricOf } from "../evaluation/metric-table.ts";
import { withUnit } from "../evaluation/number-words.ts";
import { distributionPlot } from "./distribution-plot.ts";
import { type Html, html } from "./html.ts";
import type { PageScripts } from "./page-scripts.ts";
import { pageShell } from "./page-shell.ts";
import { differencesTable, meansTable } from "./result-tables.ts";
import { speedPlot } from "./speed-plot.ts";
import { type ViewerPhoto, viewerSection } from "./viewer-section.ts";

/** A photo's pictures for the report; the label of a result is its method. */
export interface ReportPhoto {
  readonly name: string;
  readonly pictures: readonly { readonly label: string; readonly uri: string }[];
}

/** How the figures were measured; shown at the end of the report. */
export interface ReportSetting {
  readonly version: string;
  readonly machine: string;
  readonly command: string;
}

/** Renders the report of `kindling evaluate`: tables, plots and pictures in one self-contained page. */
export function reportPage(
  evaluation: Evaluation,
  photos: readonly ReportPhoto[],
  setting: ReportSetting,
  scripts: PageScripts,
): string {
  const { kind, source, count, baseline, methods, failures } = evaluation;
  const others = methods.length > 1;
  return pageShell(
    {
      title: "Low-light enhancement, measured",
      lead: html`${methods.length} method${methods.length === 1 ? "" : "s"} on ${count} ${kind} of <code>${source}</code>`,
      body: html`
<h2>Results</h2>
<p class="note">Means over the images with their 95% bootstrap intervals. ↑ more is better, ↓ less is better, ★ best of its column. Press a heading to sort.</p>
${meansTable(evaluation)}
${
  others
    ? html`<h2>Differences from ${baseline}, image by image</h2>
<p class="note">Mean of the paired differences; where the interval excludes 0, the methods differ on such data.</p>
${differencesTable(evaluation)}`
    : undefined
}
<details><summary>What the columns mean</summary><dl>${evaluation.metrics.map(metricOf).map((metric) => html`<dt>${withUnit(metric)}</dt><dd>${metric.about}</dd>`)}</dl></details>
${plots(evaluation)}
${photos.length > 0 ? photoSection(evaluation, photos) : undefined}
${failures.length > 0 ? failureSection(evaluation) : undefined}
${settingSection(setting)}`,
      scripts: ["theme-switch", "sortable-table", "metric-choice", ...(photos.length > 0 ? (["viewer"] as const) : [])],
    },
    scripts,
  );
}

function plots(evaluation: Evaluation): Html {
  const metrics = evaluation.metrics.map(metricOf);
  return html`<h2>Plots</h2>
<div class="controls"><label>Metric <select id="metric">${metrics.map((metric) => html`<option value="${metric.name}">${withUnit(metric)}</option>`)}</select></label></div>
${metrics.map((metric, i) => plotsOf(evaluation, metric, i > 0))}`;
}

function plotsOf(evaluation: Evaluation, metric: Metric, isHidden: boolean): Html {
  const speed = speedPlot(evaluation, metric);
  const untimed = evaluation.methods.filter(({ secondsPerImage }) => secondsPerImage === undefined);
  const missing = untimed.length > 0 ? ` Not timed: ${untimed.map(({ method }) => method).join(", ")}.` : "";
  return html`<div class="plots" data-metric="${metric.name}"${isHidden ? html` hidden` : undefined}>
${speed && html`<figure>${speed}<figcaption><strong>Quality against speed.</strong> Bars are 95% intervals of the mean.${missing}</figcaption></figure>`}
<figure>${distributionPlot(evaluation, metric)}<figcaption><strong>Each image.</strong> Boxes are quartiles, the line the median. Press a dot to see its photo below.</figcaption></figure>
</div>\n`;
}

function photoSection(evaluation: Evaluation, photos: readonly ReportPhoto[]): Html {
  const shown = photos.map(
    ({ name, pictures }): ViewerPhoto => ({
      name,
      pictures: pictures.map((picture) => ({ ...picture, caption: factsOf(evaluation, picture.label, name) })),
    }),
  );
  const part =
    photos.length < evaluation.count ? `${photos.length} of ${evaluation.count} photos, evenly spread. ` : "";
  return html`<h2>Photos</h2>
<p class="note">${part}Large pictures are reduced, and all are compressed for this page; figures were measured on the originals.</p>
${viewerSection(shown, "pair")}`;
}

/** Formats the figures under a picture. */
function factsOf({ methods, metrics }: Evaluation, method: string, image: string): string {
  const measured = methods.find((summary) => summary.method === method)?.images.find(({ name }) => name === image);
  if (!measured) return "";
  const facts = metrics
    .slice(0, 2)
    .map(metricOf)
    .flatMap((metric) => {
      const value = measured[metric.name];
      return value === undefined
        ? []
        : `${metric.title} ${value.toFixed(metric.decimals)}${metric.unit ? ` ${metric.unit}` : ""}`;
    });
  return facts.join(", ");
}

function failureSection({ failures }: Evaluation): Html {
  return html`<h2>Not measured</h2>
<ul class="failures">${failures.map(({ method, message }) => html`<li>${method && html`<strong>${method}</strong>: `}${message}</li>`)}</ul>`;
}

function settingSection({ version, machine, command }: ReportSetting): Html {
  return html`<h2>How it was measured</h2>
<dl>
<dt>Command</dt><dd><code>${command}</code></dd>
<dt>Kindling</dt><dd>${version}</dd>
<dt>Machine</dt><dd>${machine}</dd>
<dt>Speed</dt><dd>Methods ran one after the other, each in its own process. Seconds are those of the method alone, without reading and writing files, after one run of the first photo to warm up.</dd>
<dt>Memory</dt><dd>Peak resident memory of such a process while it read, enhanced and wrote the photos one by one, Node included.</dd>
<dt>Pictures</dt><dd>Results are measured as stored in 8-bit files: colour profiles are not applied, transparency is ignored.</dd>
</dl>`;
}
