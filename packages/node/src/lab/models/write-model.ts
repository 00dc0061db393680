import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelManifest, ModelPart } from "@kindling/core";
import type { ModelPartFile } from "@kindling/lab";
import { parseManifest, parseModelIndex } from "../../models/model-manifest.ts";
import { modelIndexName } from "../../models/open-model-store.ts";
import { commitFile, stageFile } from "../../photo/write-file.ts";
import { formatJson } from "./format-json.ts";

/** The part of a manifest that a person gives; the rest follows from the files. */
export type ModelFacts = Omit<ModelManifest, "format" | "parts">;

/**
 * Writes a model into a folder of models: its ONNX files, its manifest, and its entry at the end of the folder's list. It
 * replaces a model of the same name.
 *
 * @param parts the file of every part.
 * @throws {KindlingError} `invalid-model` for facts that make no valid manifest; `unwritable`, `disk-full`.
 * @example
 * import { encodeModel } from "@kindling/lab";
 * declare const facts: ModelFacts;
 * const manifest = await writeModel("my-models", facts, encodeModel(system.models[0], weights));
 */
export async function writeModel(
  folder: string,
  facts: ModelFacts,
  parts: Readonly<Record<string, ModelPartFile>>,
): Promise<ModelManifest> {
  const { network, tag } = facts;
  const described = Object.entries(parts).map(([part, { bytes, tiling }]): [string, ModelPart] => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return [part, { file: `${tag}.${part}.onnx`, bytes: bytes.length, sha256, ...tiling }];
  });
  const manifest: ModelManifest = { format: 1, ...facts, parts: Object.fromEntries(described) };
  parseManifest(formatJson(manifest), `${network}.${tag}`);

  for (const [part, { file }] of described) {
    await write(join(folder, network, file), parts[part]?.bytes ?? new Uint8Array());
  }
  await writeManifest(folder, manifest);
  const index = join(folder, modelIndexName);
  const list = await readFile(index, "utf8").catch(() => undefined);
  const known = list === undefined ? [] : parseModelIndex(list, index);
  const models = known.includes(`${network}.${tag}`) ? known : [...known, `${network}.${tag}`];
  await write(index, formatJson({ format: 1, models }));
  return manifest;
}

/**
 * Writes the manifest of a network whose files lie in a folder of models already, over the one before.
 *
 * @throws {KindlingError} `invalid-model` where it is no manifest, `unwritable`, `disk-full`.
 */
export async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  const { network, tag } = manifest;
  const text = formatJson(manifest);
  parseManifest(text, `${network}.${tag}`);
  await write(join(folder, network, `${tag}.json`), text);
}

async function write(path: string, content: Uint8Array | string): Promise<void> {
  await commitFile(await stageFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content));
}
