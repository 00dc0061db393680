// Repeats experiments of the papers with our networks, and writes docs/EXPERIMENTS.md.   npm run experiments -- --help
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { linePlotFile } from "@kindling/lab/internal";
import { alignedTable } from "./docs-tables/aligned-table.ts";
import { ablations } from "./experiments/ablations.ts";
import { adjustment } from "./experiments/adjustment.ts";
import { type Experiment, type ExperimentTable, figureFile } from "./experiments/experiment.ts";
import { drawnLines } from "./experiments/findings.ts";
import { halo } from "./experiments/halo.ts";
import { lightChanges } from "./experiments/light-changes.ts";
import { recogniser } from "./experiments/recogniser.ts";
import { reflectance } from "./experiments/reflectance.ts";
import { colourCast, filmSpeed } from "./experiments/robustness.ts";
import { structure } from "./experiments/structure.ts";
import { twoDark } from "./experiments/two-dark.ts";
import { writePage } from "./write-page.ts";

const all: readonly Experiment[] = [
  adjustment,
  lightChanges,
  reflectance,
  twoDark,
  structure,
  ablations,
  halo,
  filmSpeed,
  colourCast,
  recogniser,
];

const usage = `npm run experiments -- [names…]

  ${all.map(({ name, title }) => `${name.padEnd(15)} ${title}`).join("\n  ")}

  Without names all are run; the sections of the others stay as they are.
  --pairs <folder>    pairs, of which the validation split is taken; default ../shared/data/night-pairs
  --photos <folder>   good photos to darken; default ../shared/data/clean/bsds, to classify ../shared/data/free/cc0
  --out <folder>      folder of the page EXPERIMENTS.md and its figures, experiments/; default docs
  --count <n>         pairs or photos at most, evenly spread; default 10
  --recogniser <file> ONNX model in place of PaddleOCR's, told by its output: [n, columns, classes] reads lines of text
                      (--alphabet <file>: its characters, one a line), [n, 1, height, width] is a map of where text is,
                      [n, classes] names what a photo shows`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", default: "../shared/data/night-pairs" },
    photos: { type: "string" },
    count: { type: "string", default: "10" },
    recogniser: { type: "string" },
    alphabet: { type: "string" },
    out: { type: "string", default: fileURLToPath(new URL("../docs/", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => !all.some((experiment) => experiment.name === name));
const count = Number(values.count);
if (values.help || unknown.length > 0 || !(count >= 1)) {
  console.log(unknown.length > 0 ? `There is no experiment ${unknown.join(", ")}.\n\n${usage}` : usage);
  process.exit(values.help ? 0 : 2);
}

const lead = `# Experiments

Experiments of the papers, repeated with the networks of \`models/\`. \`npm run experiments\` runs them all and writes this page,
\`npm run experiments -- <name>\` one of them; each section names its command. Figures depend on the weights: those of short trainings
(see their cards) say little about what a paper's network can do.
`;

const { out, ...chosen } = values;
const page = join(out, "EXPERIMENTS.md");
const figures = join(out, "experiments");
mkdirSync(out, { recursive: true });
for (const experiment of all.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(experiment.title);
  const { further = {}, ...first } = await experiment.run({ ...chosen, count, figures });
  const given = (["recogniser", "alphabet"] as const).flatMap((name) => values[name] && ` --${name} ${values[name]}`);
  const counted = experiment.counts === false ? "" : ` --count ${count}`;
  const command = `npm run experiments -- ${experiment.name}${counted}${given.join("")}`;
  const shown = [
    `## ${experiment.title}`,
    ...showTable(first, command, `${experiment.name}.svg`),
    ...Object.entries(further).flatMap(([ending, table]) =>
      showTable(table, command, `${experiment.name}-${ending}.svg`),
    ),
  ];
  const section = `${shown.join("\n\n")}\n`;
  // Written after every experiment, so that a stopped run keeps what it has.
  writeSections(readSections().set(experiment.name, section));
}

/** Writes the plot of a table; returns what it shows, its command, the table and the picture in Markdown. */
function showTable(shown: ExperimentTable, command: string, figure: string): readonly string[] {
  const { about, head, rows, lines, across, up, finding } = shown;
  writeFileSync(figureFile(figures, figure), linePlotFile(lines, { across, up, logarithmic: false }));
  const table = alignedTable(head, rows, head.slice(1));
  console.log(table);
  const parts = [about, `\`\`\`\n${command}\n\`\`\``, table, finding, drawnLines(shown)];
  return [...parts.flatMap((part) => part ?? []), `![${up} over ${across}](experiments/${figure})`];
}

/** The sections of the page as it is, by the names of their experiments. */
function readSections(): Map<string, string> {
  const text = existsSync(page) ? readFileSync(page, "utf8") : "";
  const found = text.split(/^(?=## )/m).slice(1);
  return new Map(
    all.flatMap(({ name, title }) => {
      const section = found.find((part) => part.startsWith(`## ${title}\n`));
      return section === undefined ? [] : [[name, section] as const];
    }),
  );
}

function writeSections(sections: ReadonlyMap<string, string>): void {
  const parts = all.flatMap(({ name }) => sections.get(name)?.trimEnd() ?? []);
  writePage(page, `${[lead.trimEnd(), ...parts].join("\n\n")}\n`);
}
