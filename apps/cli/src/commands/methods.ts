import {
  type ClassicalMethod,
  defaultMethod,
  factsOfMethod,
  KindlingError,
  locateMethod,
  type MethodFacts,
  type ModelManifest,
  type ModelStore,
  methods,
  type NetworkMethod,
  networkMethods,
  openModelStore,
  type Paper,
} from "@kindling/node";
import { chooseWeights, networkOptions } from "@kindling/node/internal";
import type { Command } from "commander";

/** Defines `kindling methods`: lists methods and networks, or shows one with its paper or training data and its settings. */
export function defineMethods(command: Command): void {
  command
    .description(
      "Lists the methods and networks that can enhance a photo; with a name, shows its source and its settings.",
    )
    .argument("[name]", "a method or network to show, or the folder of a training")
    .option("--models <folder>", networkOptions.models.meta()?.["description"] as string)
    .option("--json", "print one JSON array")
    .action(async (name: string | undefined, { json, models }: { json?: boolean; models?: string }) => {
      if (name === undefined) {
        const all = [...(await listNetworks(openModelStore(models))), ...methods];
        print(json ? JSON.stringify(all.map(describe)) : formatList(all));
      } else {
        const found = await findOne(name, models);
        print(json ? JSON.stringify([describe(found)]) : formatCard(found));
      }
    });
}

/** What can enhance a photo. */
type Usable = ClassicalMethod | ModelManifest;

/** What can be shown: also a network without weights. */
type Shown = Usable | NetworkMethod;

async function listNetworks(store: ModelStore): Promise<readonly ModelManifest[]> {
  return store.list().catch((error: unknown) => {
    // Without the package of models the classical methods remain.
    if (error instanceof KindlingError && error.code === "not-found") return [];
    throw error;
  });
}

async function findOne(word: string, folder: string | undefined): Promise<Shown> {
  const { method, models } = await locateMethod(word, folder);
  const { made } = factsOfMethod(await chooseWeights(method, { models }));
  if (made.by === "formula") return made.method;
  const { name, withoutWeights } = made.method;
  const store = openModelStore(models);
  if (withoutWeights === undefined || made.tag !== undefined) return store.manifest(name, made.tag);
  const [trained] = (await listNetworks(store)).filter(({ network }) => network === name);
  return trained ?? made.method;
}

/** What programs read of a method: its card, with the paper of a network. */
function describe(listed: Shown): unknown {
  if ("network" in listed) return { ...listed, paper: paperOf(listed) };
  if ("enhance" in listed) {
    const { enhance: _, ...card } = listed;
    return card;
  }
  const { name, paper, withoutWeights, options } = listed;
  return { network: name, paper, about: withoutWeights, options };
}

function paperOf({ network }: ModelManifest): Paper | undefined {
  const { made } = factsOfMethod(network);
  return made.by === "network" ? made.method.paper : undefined;
}

function formatList(listed: readonly Usable[]): string {
  const isKept = (method: Usable) => "network" in method && method.unfit !== undefined;
  const kept = listed.filter(isKept).map(nameOf);
  return [
    formatRows(listed.filter((method) => !isKept(method))),
    ...(kept.length > 0 ? [`Kept to compare with, not fit for photos: ${kept.join(", ")}`] : []),
    `Without weights, to train yourself (kindling train): ${untrained().join(", ")}`,
    "One method with its settings: kindling methods <name>",
  ].join("\n\n");
}

function untrained(): readonly string[] {
  return networkMethods.flatMap(({ name, withoutWeights }) => (withoutWeights === undefined ? [] : [name]));
}

function formatRows(listed: readonly Usable[]): string {
  const names = listed.map(nameOf);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  // Of several weights of the default network the first is used.
  const first = names.findIndex((name) => name === defaultMethod || name.startsWith(`${defaultMethod}.`));
  return listed
    .map(({ title, about }, i) => {
      const isDefault = i === first ? " (default)" : "";
      return `${names[i]?.padEnd(width)}${title}${isDefault}\n${" ".repeat(width)}${about}`;
    })
    .join("\n");
}

function nameOf(listed: Usable): string {
  return "network" in listed ? `${listed.network}.${listed.tag}` : listed.name;
}

function formatCard(listed: Shown): string {
  if ("network" in listed) return formatNetwork(listed);
  return "enhance" in listed ? formatMethod(listed) : formatUntrained(listed);
}

function formatUntrained({ name, paper, withoutWeights, options = {} }: NetworkMethod): string {
  return [
    `${name}: without weights. ${withoutWeights}`,
    ...(paper === undefined ? [] : [cite(paper)]),
    `Train it: kindling train ${name}; use it: -m <folder of the training>`,
    ...listSettings(options),
  ].join("\n");
}

function formatNetwork(manifest: ModelManifest): string {
  const { network, tag, title, about, licence, trainedOn, parameters, parts, unfit } = manifest;
  const megabytes = Object.values(parts).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const { strengths, defaultStrengths, options: settings } = factsOfMethod(network);
  const options = strengths.map((strength) => {
    const option = strength.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    return `--${option} <0-1> (default: ${defaultStrengths[strength]})`;
  });
  const paper = paperOf(manifest);
  return [
    `${network}.${tag}: ${title}`,
    about,
    ...(paper === undefined ? [] : [cite(paper)]),
    ...(unfit === undefined ? [] : [`Kept to compare with, not fit for photos: ${unfit}`]),
    `${parameters.toLocaleString("en")} parameters, ${megabytes.toFixed(1)} MB`,
    `Trained on: ${trainedOn.join("; ")}`,
    `Terms: ${licence}`,
    ...(options.length > 0 ? [`Strengths: ${options.join(", ")}`] : []),
    ...listSettings(settings),
  ].join("\n");
}

function formatMethod({ name, title, about, paper, options }: ClassicalMethod): string {
  return [`${name}: ${title}`, about, cite(paper), ...listSettings(options)].join("\n");
}

function cite({ authors, title, venue, year, id }: Paper): string {
  return [`${authors}: ${title}. ${venue}, ${year}`, ...(id === undefined ? [] : [id])].join(". ");
}

function listSettings(options: MethodFacts["options"]): readonly string[] {
  const settings = Object.entries(options).map(([setting, { default: initial, min, max, unit, about: meaning }]) => {
    const range = `${min} to ${max}${unit ? ` ${unit}` : ""}, default ${initial}`;
    return `  --set ${setting}=${initial}  ${meaning} (${range})`;
  });
  return settings.length > 0 ? ["Settings:", ...settings] : [];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
