import type { MetricsRow, SampleRow } from "@kindling/lab";
import { type Html, html } from "./html.ts";
import { linePlot } from "./line-plot.ts";
import { lineOf, thinned } from "./metrics-line.ts";
import { pageShell } from "./page-shell.ts";

/** Points of a line; more steps are averaged. */
const mostPoints = 300;

/** Seconds after which the page of a run under way looks for news. */
const refreshSeconds = 30;

/** Columns that are no terms of a loss. */
const otherColumns = new Set(["images-per-second", "learning-rate", "gradient-norm"]);
const validationPrefix = "validation-";

/** What the page of a run tells. */
export interface TrainingFacts {
  readonly network: string;
  readonly version: string;
  readonly isRunning: boolean;
  /** In the order of training. */
  readonly stages: readonly {
    readonly name: string;
    readonly about: string;
    readonly viewAbout: string;
    readonly steps: number;
  }[];
  readonly rows: readonly MetricsRow[];
  readonly samples: readonly SampleRow[];
  /** All settings, as the run's file has them. */
  readonly config: string;
}

/** The report of a training: curves and pictures in one page that stands by itself, new every so often while it runs. */
export function trainingPage(facts: TrainingFacts): Promise<string> {
  const { network, version, isRunning, stages, rows, samples, config } = facts;
  const begun = stages.filter(({ name }) => rows.some(({ stage }) => stage === name));
  const last = rows.at(-1);
  const total = stages.find(({ name }) => name === last?.stage)?.steps;
  const place = last ? html`${last.stage}, step ${last.step}${total === undefined ? "" : ` of ${total}`}` : "not begun";
  return pageShell({
    title: `Training ${network}`,
    lead: html`${isRunning ? "Under way" : "At rest"}: ${place}`,
    ...(isRunning && { refreshSeconds }),
    body: html`
${begun.map(({ name, about, viewAbout }) =>
  stageSection(
    name,
    about,
    viewAbout,
    rows.filter(({ stage }) => stage === name),
  ),
)}
${samples.length > 0 ? sampleSection(samples) : undefined}
<h2>Settings</h2>
<pre><code>${config}</code></pre>
<p class="note">Kindling ${version}. Curves of many steps show means of neighbouring ones; metrics.csv has every step.</p>`,
    scripts: ["theme-switch"],
  });
}

function stageSection(name: string, about: string, viewAbout: string, rows: readonly MetricsRow[]): Html {
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const terms = columns.filter((column) => !column.startsWith(validationPrefix) && !otherColumns.has(column));
  const losses = terms.map((column) => thinned(lineOf(rows, column), mostPoints));
  const quality = (ending: string) =>
    columns
      .filter((column) => column.startsWith(validationPrefix) && column.endsWith(ending))
      .map((column) => lineOf(rows, column, column.slice(validationPrefix.length)))
      .filter(({ points }) => points.length > 0);
  const plots = [
    { lines: losses, up: "Loss", about: "Loss and its terms in training." },
    { lines: quality("psnr"), up: "PSNR, dB", about: `PSNR in validation: ${viewAbout}.` },
    { lines: quality("ssim"), up: "SSIM", about: `SSIM in validation: ${viewAbout}.` },
  ].filter(({ lines }) => lines.length > 0);
  return html`<h2>${name}</h2>
<p class="note">${about}</p>
<div class="plots">${plots.map(({ lines, up, about: caption }) => {
    const logarithmic = up === "Loss" && lines.every(({ points }) => points.every(({ y }) => y > 0));
    return html`<figure>${linePlot(lines, { across: "Steps", up, logarithmic })}<figcaption>${caption}</figcaption></figure>`;
  })}</div>`;
}

function sampleSection(samples: readonly SampleRow[]): Html {
  return html`<h2>Pictures</h2>
<p class="note">The dark picture, what was made of it at validations, and the bright one. What each stage shows stands with its curves.</p>
${samples.map(
  ({ name, samples: pictures }) => html`<h3>${name}</h3>
<div class="samples">${pictures.map(({ caption, uri }) => html`<figure><img src="${uri}" alt="${name}, ${caption}"><figcaption>${caption}</figcaption></figure>`)}</div>`,
)}`;
}
