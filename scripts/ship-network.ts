// Puts a trained network into models/: float16 files, manifest and card.   npm run ship-network -- --help
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { encodeModel, type MetricName, type ModelPart, metrics, modelCard } from "@kindling/lab";
import {
  type CardFigures,
  type CardRun,
  countLearntParameters,
  metricsFile,
  parseMetrics,
  type TrainingPhotos,
} from "@kindling/lab/internal";
import { type Graph, inputName, meanWeights, type Tensor, type Weights } from "@kindling/nets";
import { formatShape } from "@kindling/nets/internal";
import type { ModelManifest } from "@kindling/node";
import { readWeights, writeModel } from "@kindling/node/lab";
import { systems } from "@kindling/systems";
import { quantiseEmber } from "./quantise-ember.ts";

const usage = `npm run ship-network -- <network> <tag> --from <run folder, checkpoint or ONNX…> --title … --about …

  --from <path>             repeatable; a later one's weights win. Run folders also tell the card their settings
  --title, --about          of the manifest; kept from the last time where they are left out
  --licence <text>          default: made of the terms of the photographs in scripts/training-photos.json
  --data <name>             photographs beside those that the runs name; repeatable
  --measured <set>=<file>   what \`kindling evaluate --json\` printed, by the name of its photographs; repeatable
  --models <folder>         default: models
  --mean                    the mean of all weights of --from instead (arXiv 2203.05482)
  --light-of <tag>          the automatic light that was fitted for other weights of the network
  --border <px>             so far photos are continued by their mirror image, against frames at their edges
  --variant <name>          the graphs of a variant, such as kind+root
  --int8 <data>             repeatable: Ember's analysis in whole numbers of 8 bits, measured on these pairs' split train

Automatic light (npm run fit-light), border and figures stay as they are where nothing new is given.
The order: ship, fit the light, evaluate, ship again with the figures.`;

const int8Told =
  "the analysis's convolutions stored and computed in whole numbers of 8 bits, the rest stored as float16, computed in float32";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: "string", multiple: true, default: [] },
    title: { type: "string" },
    about: { type: "string" },
    licence: { type: "string" },
    data: { type: "string", multiple: true, default: [] },
    measured: { type: "string", multiple: true, default: [] },
    models: { type: "string", default: join(root, "models") },
    mean: { type: "boolean", default: false },
    "light-of": { type: "string" },
    border: { type: "string" },
    variant: { type: "string" },
    int8: { type: "string", multiple: true, default: [] },
    help: { type: "boolean" },
  },
});
const [network, tag] = positionals;
const forms = systems.find(({ name }) => name === network)?.models ?? [];
const form = values.variant === undefined ? forms[0] : forms.find(({ name }) => name === values.variant);
if (values.help || network === undefined || tag === undefined || !form || values.from.length === 0) {
  console.log(`${usage}\n\nNetworks: ${systems.map(({ name }) => name).join(", ")}`);
  process.exit(values.help ? 0 : 2);
}

const sources: Weights[] = [];
for (const source of values.from) {
  sources.push(await readWeights(isFolder(source) ? join(source, "checkpoint.safetensors") : source));
}
const weights = values.mean ? meanWeights(sources) : new Map(sources.flatMap((source) => [...source]));
const runs = values.from.filter(isFolder);
const photos = photographs([...runs.flatMap(namedPhotos), ...values.data]);
const last = manifestOf(tag);
const light = (values["light-of"] === undefined ? last : manifestOf(values["light-of"]))?.light;
const graphs = Object.fromEntries(Object.entries(form.parts).map(([part, { network }]) => [part, network.build()]));
const inFile = values.int8.length > 0 ? await inWholeNumbers() : graphs;
const [title, about] = [values.title ?? last?.title, values.about ?? last?.about];
if (title === undefined || about === undefined) throw new Error("Give --title and --about.");
const measured = { ...last?.measured, ...Object.fromEntries(values.measured.map(figuresOf)) };
const borderPx = values.border === undefined ? last?.borderPx : Number(values.border);
const [
  {
    network: { paper },
  },
] = Object.values(form.parts) as [ModelPart];

const manifest = await writeModel(
  values.models,
  {
    network,
    tag,
    title,
    about,
    licence: values.licence ?? licenceOf(photos),
    trainedOn: photos.map((set) => set.about),
    parameters: countLearntParameters(Object.values(graphs)),
    ...(borderPx !== undefined && { borderPx }),
    ...(light && { light }),
    ...(Object.keys(measured).length > 0 && { measured }),
  },
  encodeModel(form, weights, { graphs: inFile }),
);
const card = join(values.models, network, `${tag}.md`);
const command = `npm run ship-network -- ${process.argv.slice(2).map(quoted).join(" ")}`;
writeFileSync(
  card,
  modelCard(manifest, {
    paper,
    photos,
    runs: runs.map(runOf),
    ports: portsOf(graphs),
    precision: values.int8.length > 0 ? int8Told : "stored as float16, computed in float32",
    command: withoutFolders(command),
  }),
);
for (const path of [card, join(values.models, network, `${tag}.json`), join(values.models, "index.json")]) format(path);
for (const { file, bytes } of Object.values(manifest.parts)) console.log(`${network}/${file}  ${bytes} bytes`);

/** As the formatter of this repository wants it, wherever the file lies. */
function format(path: string): void {
  const biome = join(root, "node_modules/.bin/biome");
  const input = readFileSync(path);
  writeFileSync(path, execFileSync(biome, ["format", "--stdin-file-path", basename(path)], { cwd: root, input }));
}

async function inWholeNumbers(): Promise<Readonly<Record<string, Graph>>> {
  const { overview, analysis } = graphs;
  if (network !== "ember" || !overview || !analysis) throw new Error("--int8 is for Ember alone.");
  const quantised = await quantiseEmber({ overview, analysis }, weights, values.int8);
  return { ...graphs, analysis: quantised };
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

function manifestOf(name: string): ModelManifest | undefined {
  const path = join(values.models, network ?? "", `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as ModelManifest) : undefined;
}

function portsOf(all: Readonly<Record<string, Graph>>) {
  const told = (name: string, { shape }: Tensor) => `${name} ${formatShape(shape)}`;
  return Object.fromEntries(
    Object.entries(all).map(([part, { inputs, outputs }]) => [
      part,
      {
        takes: inputs.map((tensor) => told(inputName(tensor), tensor)),
        gives: Object.entries(outputs).map(([name, tensor]) => told(name, tensor)),
      },
    ]),
  );
}

/** The folders of photographs that a run's settings name: lists of paths, each a set by its last part. */
function namedPhotos(run: string): string[] {
  const lines = readFileSync(join(run, "run.yaml"), "utf8").matchAll(/^\s+- (\/.+)$/gm);
  return [...lines].flatMap(([, path]) => (path === undefined ? [] : basename(path)));
}

function photographs(names: readonly string[]): TrainingPhotos[] {
  const known = JSON.parse(readFileSync(join(root, "scripts/training-photos.json"), "utf8")) as Record<
    string,
    TrainingPhotos
  >;
  return [...new Set(names)].map((name) => {
    const set = known[name];
    if (!set) throw new Error(`scripts/training-photos.json tells nothing of ${name}: add what it is and its terms.`);
    return set;
  });
}

function licenceOf(sets: readonly TrainingPhotos[]): string {
  return `Non-commercial research use, as the photographs it learnt from: ${[...new Set(sets.map(({ terms }) => terms))].join(" ")}`;
}

function runOf(run: string): CardRun {
  const { rows } = parseMetrics(readFileSync(join(run, metricsFile), "utf8"));
  const steps = Object.fromEntries(rows.map(({ stage, step }) => [stage, step]));
  return { steps, config: withoutFolders(readFileSync(join(run, "run.yaml"), "utf8")) };
}

/** Text whose paths have lost the folders that tell of one machine alone. */
function withoutFolders(text: string): string {
  return text.replaceAll(/(?<![\w.])(?:\.{0,2}\/)(?:[^\s/='"]+\/)*(?=[^\s/])/g, "");
}

function quoted(word: string): string {
  return /^[\w./=-]+$/.test(word) ? word : `"${word}"`;
}

interface PrintedEvaluation {
  readonly methods: readonly {
    readonly method: string;
    readonly images: readonly unknown[];
    readonly mean: Readonly<Partial<Record<MetricName, number>>>;
    readonly interval: Readonly<Partial<Record<MetricName, readonly [number, number]>>>;
  }[];
}

function figuresOf(given: string): [string, CardFigures] {
  const cut = given.lastIndexOf("=");
  const [set, file] = [given.slice(0, cut), given.slice(cut + 1)];
  const { methods } = JSON.parse(readFileSync(file, "utf8")) as PrintedEvaluation;
  const own =
    methods.find(({ method }) => method === `${network}.${tag}`) ?? methods.find(({ method }) => method === network);
  if (!own)
    throw new Error(`${file}: it has no ${network}.${tag}; it has ${methods.map(({ method }) => method).join(", ")}.`);
  const means = metrics.flatMap(({ name }) => {
    const [mean, interval] = [own.mean[name], own.interval[name]];
    return mean === undefined || !interval ? [] : [[name, [mean, ...interval]] as const];
  });
  return [set, { images: own.images.length, metrics: Object.fromEntries(means) }];
}
