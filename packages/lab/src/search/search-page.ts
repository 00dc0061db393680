import { metricOf } from "../evaluation/metric-table.ts";
import { withUnit } from "../evaluation/number-words.ts";
import { type Html, html } from "../pages/html.ts";
import { linePlot } from "../pages/line-plot.ts";
import type { PageScripts } from "../pages/page-scripts.ts";
import { pageShell } from "../pages/page-shell.ts";
import { valuePlot } from "../pages/value-plot.ts";
import { lastValidation, type SearchResult, type TrialResult } from "./search-result.ts";
import { stateWords, valuesOf } from "./search-tables.ts";
import { searchMeasures } from "./trial-record.ts";

/** Greatest number of trials whose curves are drawn: as many as there are colours. */
const mostCurves = 8;

/** Seconds after which the page of a running search reloads itself. */
const refreshSeconds = 30;

/** The data of a search's page. */
export interface SearchFacts {
  readonly result: SearchResult;
  /** All settings, as in the search's file. */
  readonly config: string;
  readonly version: string;
  readonly isRunning: boolean;
}

/** Renders the report of a search: table and plots in one self-contained page, which reloads while the search runs. */
export function searchPage({ result, config, version, isRunning }: SearchFacts, scripts: PageScripts): string {
  const { network, axes, by, trials, isFinished } = result;
  const metric = metricOf(by);
  const best = trials.find(({ validations }) => validations.length > 0);
  const state = isFinished ? "Finished" : isRunning ? "Under way" : "Stopped";
  const found = best
    ? html`; best: <code>${best.name}</code>, ${withUnit(metric)} ${scoreOf(result, best)?.toFixed(metric.decimals)}`
    : undefined;
  return pageShell(
    {
      title: `Search for ${network}`,
      lead: html`${state}: ${trials.length} trainings by ${axes.join(", ")}${found}`,
      ...(isRunning && { refreshSeconds }),
      body: html`
<p class="note">Sorted by ${withUnit(metric)} of the last validation, those that were trained longer first. Validations are measured on a few pairs, cropped: compare trials by them, and report figures of <code>kindling evaluate</code>. Values of trials with different steps must not be compared.</p>
${resultTable(result)}
${failures(trials)}
<h2>Plots</h2>
<p class="note">By setting: a dot for each trial, after the last round that trials of all its values completed; the line joins the best of each value.</p>
<div class="plots">${axes.map((axis) => axisFigure(result, axis))}${curves(result)}</div>
<h2>Settings</h2>
<pre><code>${config}</code></pre>
<p class="note">Kindling ${version}. Each trial is a folder with a run of <code>kindling train</code>: its report, its weights, its model.</p>`,
      scripts: ["theme-switch", "sortable-table"],
    },
    scripts,
  );
}

function scoreOf({ by }: SearchResult, trial: TrialResult): number | undefined {
  return lastValidation(trial)?.[by];
}

function resultTable({ axes, by, trials }: SearchResult): Html {
  const heading = (text: string, better: "more" | "less") =>
    html`<th scope="col" data-better="${better}"><button type="button">${text}</button></th>`;
  const measures = searchMeasures.map(metricOf);
  const rows = trials.map((trial, i) => {
    const last = lastValidation(trial);
    const figures = measures.map(({ decimals }, k) => {
      const name = searchMeasures[k]!;
      const value = last?.[name];
      const isBest = name === by && i === 0 && value !== undefined;
      return html`<td data-value="${value}"${isBest ? html` class="best"` : undefined}>${value?.toFixed(decimals) ?? "–"}</td>`;
    });
    return html`<tr><th scope="row" data-value="${trial.name}">${trial.name}</th>${valuesOf(trial, axes).map((value) => html`<td data-value="${value}">${value}</td>`)}<td data-value="${trial.parameters}">${trial.parameters.toLocaleString("en")}</td><td data-value="${trial.step}">${trial.step.toLocaleString("en")}</td>${figures}<td>${stateWords[trial.state]}</td></tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of trials"><table class="sortable">
<thead><tr><th scope="col"><button type="button">Trial</button></th>${axes.map((axis) => heading(axis, "less"))}${heading("Parameters", "less")}${heading("Steps", "more")}${measures.map((metric) => heading(withUnit(metric), "more"))}${heading("State", "less")}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function failures(trials: readonly TrialResult[]): Html | undefined {
  const failed = trials.filter(({ message }) => message !== undefined);
  if (failed.length === 0) return undefined;
  return html`<ul class="failures">${failed.map(({ name, message }) => html`<li>${name}: ${message}</li>`)}</ul>`;
}

/** A measure over the values of a setting, of the trials that were trained longest. */
function axisFigure(result: SearchResult, axis: string): Html | undefined {
  const { by, trials } = result;
  const metric = metricOf(by);
  const most = new Map<string, number>();
  for (const trial of trials) {
    const [value = ""] = valuesOf(trial, [axis]);
    most.set(value, Math.max(most.get(value) ?? 0, trial.rounds));
  }
  // Every value is compared after the round that trials of all values have completed.
  const round = Math.min(...most.values());
  const dots = trials.flatMap((trial) => {
    const [value = ""] = valuesOf(trial, [axis]);
    const y = trial.rounds >= round ? scoreAfter(result, trial, round) : undefined;
    return y === undefined ? [] : [{ name: trial.name, value, y }];
  });
  if (dots.length === 0) return undefined;
  const values = [...new Set(trials.toSorted(inGridOrder(axis)).flatMap((trial) => valuesOf(trial, [axis])))];
  const plot = valuePlot(dots, values, { across: axis, up: withUnit(metric), decimals: metric.decimals });
  return html`<figure>${plot}<figcaption>${withUnit(metric)} by ${axis}.</figcaption></figure>`;
}

/** A trial's measure after a round: at the step where the trials that were dropped then have stopped. */
function scoreAfter({ by, trials }: SearchResult, trial: TrialResult, round: number): number | undefined {
  const stopped = trials.find(({ state, rounds }) => state === "dropped" && rounds === round);
  return lastValidation(trial, stopped?.step)?.[by];
}

function inGridOrder(axis: string) {
  return (a: TrialResult, b: TrialResult) => {
    const [x, y] = [a.values[axis], b.values[axis]];
    return typeof x === "number" && typeof y === "number" ? x - y : 0;
  };
}

/** The validations of the best trials over their steps. */
function curves({ by, trials }: SearchResult): Html | undefined {
  const metric = metricOf(by);
  const lines = trials
    .map(({ name, validations }) => {
      const stage = validations.at(-1)?.stage;
      const own = validations.filter((validation) => validation.stage === stage);
      return { name, points: own.map((validation) => ({ x: validation.step, y: validation[by] })) };
    })
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return undefined;
  const about = lines.length > mostCurves ? `The best ${mostCurves} of ${lines.length} trials` : "Every trial";
  const plot = linePlot(lines.slice(0, mostCurves), { across: "Steps", up: withUnit(metric), logarithmic: false });
  return html`<figure>${plot}<figcaption>${about}: ${withUnit(metric)} in validation.</figcaption></figure>`;
}
