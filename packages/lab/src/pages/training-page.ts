import { type Html, html } from "./html.ts";
import { linePlot } from "./line-plot.ts";
import { metricsLine, type StepFigures, thinLine } from "./metrics-line.ts";
import type { PageScripts } from "./page-scripts.ts";
import { pageShell } from "./page-shell.ts";

/** Greatest number of points in a line; a longer one is averaged. */
const mostPoints = 300;

/** Seconds after which the page of a running training reloads itself. */
const refreshSeconds = 30;

/** Columns that are not terms of a loss. */
const otherColumns = new Set(["images-per-second", "learning-rate", "gradient-norm"]);
const validationPrefix = "validation-";

/** The figures of a step in a stage. */
export interface TrainingRow extends StepFigures {
  readonly stage: string;
}

/** The pictures of a validation pair: the dark one, the results in the order of training, the reference. */
export interface TrainingSamples {
  readonly name: string;
  /** Captions and data URIs. */
  readonly samples: readonly { readonly caption: string; readonly uri: string }[];
}

/** The data of a run's page. */
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
  readonly rows: readonly TrainingRow[];
  readonly samples: readonly TrainingSamples[];
  /** All settings, as in the run's file. */
  readonly config: string;
}

/**
 * Renders the report of a training: curves and pictures in one self-contained page, which reloads while the training runs.
 *
 * @example
 * declare const scripts: PageScripts;
 * const renderReport = async (report: TrainingReport) => trainingPage({ ...report, version: "0.1.0" }, scripts);
 * await train(plan, { store, photos: source, runtime, renderReport });
 */
export function trainingPage(facts: TrainingFacts, scripts: PageScripts): string {
  const { network, version, isRunning, stages, rows, samples, config } = facts;
  const begun = stages.filter(({ name }) => rows.some(({ stage }) => stage === name));
  const last = rows.at(-1);
  const total = stages.find(({ name }) => name === last?.stage)?.steps;
  const place = last ? html`${last.stage}, step ${last.step}${total === undefined ? "" : ` of ${total}`}` : "not begun";
  return pageShell(
    {
      title: `Training ${network}`,
      lead: html`${isRunning ? "Under way" : "Not running"}: ${place}`,
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
    },
    scripts,
  );
}

function stageSection(name: string, about: string, viewAbout: string, rows: readonly TrainingRow[]): Html {
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const terms = columns.filter((column) => !column.startsWith(validationPrefix) && !otherColumns.has(column));
  const losses = terms.map((column) => thinLine(metricsLine(rows, column), mostPoints));
  const quality = (ending: string) =>
    columns
      .filter((column) => column.startsWith(validationPrefix) && column.endsWith(ending))
      .map((column) => metricsLine(rows, column, column.slice(validationPrefix.length)))
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

function sampleSection(samples: readonly TrainingSamples[]): Html {
  return html`<h2>Pictures</h2>
<p class="note">The dark picture, its results at validations, and the reference. What each stage shows is written under its curves.</p>
${samples.map(
  ({ name, samples: pictures }) => html`<h3>${name}</h3>
<div class="samples">${pictures.map(({ caption, uri }) => html`<figure><img src="${uri}" alt="${name}, ${caption}"><figcaption>${caption}</figcaption></figure>`)}</div>`,
)}`;
}
