import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { KindlingError, type ModelManifest, type ModelStore } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { readError } from "../photo/file-errors.ts";
import { parseManifest, parseModelIndex } from "./model-manifest.ts";

/** Name of the list of models in their folder. */
export const modelIndexName = "index.json";

/**
 * Opens a folder of trained networks: `index.json` lists them, `<network>/<tag>.json` describes one, with its files
 * beside it.
 *
 * @param folder default: the installed package `@kindling/models`.
 * @example
 * const manifests = await openModelStore("models/").list();
 * for (const { network, tag, licence } of manifests) console.log(`${network}.${tag}: ${licence}`);
 */
export function openModelStore(folder?: string): ModelStore {
  const place = () => folder ?? findShippedModels();
  const names = async () => {
    const path = join(place(), modelIndexName);
    return parseModelIndex(await readText(path), path);
  };
  const manifestOf = async (network: string, tag: string) => {
    const path = join(place(), network, `${tag}.json`);
    const manifest = parseManifest(await readText(path), path);
    if (manifest.network === network && manifest.tag === tag) return manifest;
    throw new KindlingError(
      "invalid-model",
      `${path}: it describes ${manifest.network}.${manifest.tag}, not ${network}.${tag} as its path does.`,
    );
  };
  return {
    list: async () => Promise.all((await names()).map((name) => manifestOf(...partsOf(name)))),
    async manifest(network, tag) {
      const known = await names();
      const wanted = known.find((name) =>
        tag === undefined ? partsOf(name)[0] === network : name === `${network}.${tag}`,
      );
      if (wanted !== undefined) return manifestOf(...partsOf(wanted));
      throw new KindlingError(
        "not-found",
        `${network}${tag === undefined ? "" : `.${tag}`}: there are no such weights in ${place()}; there are ${known.join(", ") || "none"}. Choose one of them or a classical method such as lime, or train your own.`,
      );
    },
    async load(manifest, part, { signal, onProgress } = {}) {
      throwIfCancelled(signal);
      const bytes = await readPart(place(), manifest, part);
      onProgress?.(1);
      return bytes;
    },
  };
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

function findShippedModels(): string {
  try {
    return dirname(fileURLToPath(import.meta.resolve("@kindling/models/index.json")));
  } catch (cause) {
    throw new KindlingError(
      "not-found",
      "The trained networks are not installed: there is no package @kindling/models. Install it (npm install @kindling/models), or choose a classical method such as lime.",
      { cause },
    );
  }
}

function partsOf(name: string): [network: string, tag: string] {
  const dot = name.indexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause) => {
    throw readError(path, cause);
  });
}
