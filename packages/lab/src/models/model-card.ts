import type { ModelManifest, Paper } from "@kindling/core";
import { type MetricName, metricGroups, metrics } from "../evaluation/metric-table.ts";
import { markdownTable } from "../markdown-table.ts";

/** A set of photographs that a network was trained on. */
export interface TrainingPhotos {
  /** What they show, and how many they are. */
  readonly about: string;
  /** How they may be used. */
  readonly terms: string;
}

/** A training that weights come from. */
export interface CardRun {
  /** Number of steps by stage, in the order of training. */
  readonly steps: Readonly<Record<string, number>>;
  /** All its settings, as the run's file has them. */
  readonly config: string;
}

/** Means of metrics over a set of photographs, by their names. */
export interface CardFigures {
  readonly images: number;
  /** Means, and the ends of their 95% intervals. */
  readonly metrics: Readonly<Partial<Record<MetricName, readonly [mean: number, low: number, high: number]>>>;
}

/** The contents of a card that are not in the manifest. */
export interface CardFacts {
  readonly paper: Paper;
  readonly photos: readonly TrainingPhotos[];
  readonly runs: readonly CardRun[];
  /** Inputs and outputs of each part with their shapes, such as `image [batch, 3, height, width]`. */
  readonly ports: Readonly<Record<string, { readonly takes: readonly string[]; readonly gives: readonly string[] }>>;
  /** How the parameters are stored and computed with. */
  readonly precision: string;
  /** The command that made the files and this card. */
  readonly command: string;
}

/**
 * Writes the card of a model in Markdown, from its manifest, the settings and rows of its trainings, and its graph alone.
 *
 * @param manifest its `measured` holds `CardFigures` by the name of the set of photographs.
 * @example
 * import type { ModelManifest } from "@kindling/core";
 * declare const manifest: ModelManifest;
 * declare const facts: CardFacts;
 * const card = modelCard(manifest, facts);
 */
export function modelCard(
  manifest: ModelManifest,
  { paper, photos, runs, ports, precision, command }: CardFacts,
): string {
  const { network, tag, title, about, licence, parameters, parts, light, borderPx, unfit } = manifest;
  const source = [paper.authors, `${paper.title}. ${paper.venue}, ${paper.year}`, paper.id].filter(Boolean).join(": ");
  const sections = [
    `# ${network}.${tag}`,
    `${title}. ${about}`,
    `- **Source**: ${source}.
- **Parameters**: ${parameters.toLocaleString("en")}, ${precision}.
- **Licence**: ${licence}
- **Made by**: \`${command}\``,
    ...(unfit ? [`**Kept to compare with, not offered for photos**: ${unfit}`] : []),
    "## Files",
    markdownTable(
      ["part", "file", "bytes", "halo, grid px", "takes", "gives"],
      Object.entries(parts).map(([part, { file, bytes, haloPx, alignmentPx }]) => [
        part,
        `\`${file}\``,
        bytes.toLocaleString("en"),
        haloPx === undefined ? "whole picture" : `${haloPx}, ${alignmentPx}`,
        (ports[part]?.takes ?? []).map((port) => `\`${port}\``).join(", "),
        (ports[part]?.gives ?? []).map((port) => `\`${port}\``).join(", "),
      ]),
      "left",
      "aligned",
    ),
    ...(borderPx ? [`Photos are continued by ${borderPx} px of their mirror image on every side.`] : []),
    Object.entries(parts)
      .map(([part, { sha256 }]) => `- ${part}: SHA-256 \`${sha256}\``)
      .join("\n"),
    "## Trained on",
    photos.map(({ about: what, terms }) => `- ${what} _${terms}_`).join("\n"),
    ...runs.map(
      ({ steps, config }) =>
        `${Object.entries(steps)
          .map(([stage, taken]) => `${stage} ${taken.toLocaleString("en")} steps`)
          .join(", ")}; \`kindling train --config\` with:\n\n\`\`\`yaml\n${config.trimEnd()}\n\`\`\``,
    ),
    ...(light
      ? [
          "## Automatic light",
          `Fitted by \`kindling fit-light\`: ${light.features.length} features of photo and illumination, levels from ${light.min.toFixed(2)} to ${light.max.toFixed(2)}.`,
        ]
      : []),
    "## Measured",
    measuredTable(manifest.measured ?? {}),
  ];
  return `${sections.join("\n\n")}\n`;
}

function measuredTable(measured: Readonly<Record<string, unknown>>): string {
  const sets = Object.entries(measured as Readonly<Record<string, CardFigures>>);
  if (sets.length === 0) return "Not yet.";
  const known = metrics.filter(({ name }) => sets.some(([, figures]) => figures.metrics[name]));
  const groups = [...new Set(known.map(({ group }) => group))];
  const heading = known.map(({ title, unit }) => (unit === undefined ? title : `${title}, ${unit}`));
  return `Means over the images of each set, in brackets their 95% bootstrap intervals.
${groups.map((group) => `${titlesOf(known, group)}: ${lowerFirst(metricGroups[group])}.`).join(" ")}

${markdownTable(
  ["photographs", "images", ...heading],
  sets.map(([name, { images, metrics: means }]) => [
    name,
    String(images),
    ...known.map(({ name: metric, decimals }) => {
      const found = means[metric];
      if (!found) return "";
      const [mean, low, high] = found.map((value) => value.toFixed(decimals));
      return `${mean} [${low}, ${high}]`;
    }),
  ]),
  "right",
  "aligned",
)}`;
}

function titlesOf(known: readonly { title: string; group: string }[], group: string): string {
  return known
    .filter((metric) => metric.group === group)
    .map(({ title }) => title)
    .join(", ");
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
