import {
  type ClassicalMethod,
  defaultMethod,
  factsOfMethod,
  KindlingError,
  type MethodFacts,
  type ModelManifest,
  type ModelStore,
  methods,
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
    .argument("[name]", "a method or network to show")
    .option("--models <folder>", networkOptions.models.meta()?.["description"] as string)
    .option("--json", "print one JSON array")
    .action(async (name: string | undefined, { json, models }: { json?: boolean; models?: string }) => {
      const store = openModelStore(models);
      const chosen =
        name === undefined ? await listAll(store) : [await findOne(await chooseWeights(name, { models }), store)];
      if (json) print(JSON.stringify(chosen.map(describe)));
      else if (name === undefined) print(formatList(chosen));
      else print(chosen.map(formatCard).join("\n"));
    });
}

type Listed = ClassicalMethod | ModelManifest;

async function listAll(store: ModelStore): Promise<readonly Listed[]> {
  const networks = await store.list().catch((error: unknown) => {
    // Without the package of models the classical methods remain.
    if (error instanceof KindlingError && error.code === "not-found") return [];
    throw error;
  });
  return [...networks, ...methods];
}

async function findOne(name: string, store: ModelStore): Promise<Listed> {
  const { made } = factsOfMethod(name);
  return made.by === "formula" ? made.method : store.manifest(made.method.name, made.tag);
}

/** What programs read of a method: its card, with the paper of a network. */
function describe(listed: Listed): unknown {
  if ("network" in listed) return { ...listed, paper: paperOf(listed) };
  const { enhance: _, ...card } = listed;
  return card;
}

function paperOf({ network }: ModelManifest): Paper | undefined {
  const { made } = factsOfMethod(network);
  return made.by === "network" ? made.method.paper : undefined;
}

function formatList(listed: readonly Listed[]): string {
  const isKept = (method: Listed) => "network" in method && method.unfit !== undefined;
  const kept = listed.filter(isKept).map(nameOf);
  return [
    formatRows(listed.filter((method) => !isKept(method))),
    ...(kept.length > 0 ? [`Kept to compare with, not fit for photos: ${kept.join(", ")}`] : []),
    "One method with its settings: kindling methods <name>",
  ].join("\n\n");
}

function formatRows(listed: readonly Listed[]): string {
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

function nameOf(listed: Listed): string {
  return "network" in listed ? `${listed.network}.${listed.tag}` : listed.name;
}

function formatCard(listed: Listed): string {
  return "network" in listed ? formatNetwork(listed) : formatMethod(listed);
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
