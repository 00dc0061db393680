import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelManifest, ModelPart } from "@kindling/core";
import { tilingOfPart } from "@kindling/nets";
import { commitFile, stageFile } from "../photo/write-file.ts";
import { parseManifest, parseModelIndex } from "./model-manifest.ts";
import { modelIndexName } from "./open-model-store.ts";

/** What a person says about a trained network; the rest of its manifest follows from its files. */
export type ModelFacts = Omit<ModelManifest, "format" | "parts">;

/**
 * Puts a trained network into a folder of models: its ONNX files, its manifest, and its line in the folder's list,
 * behind those that are there. A model of the same name is replaced.
 *
 * @param parts the ONNX file of every part.
 * @throws {KindlingError} `invalid-option` for a network or part that is none, `invalid-model` for facts that make no
 * manifest, `unwritable`, `disk-full`.
 */
export async function writeModel(
  folder: string,
  facts: ModelFacts,
  parts: Readonly<Record<string, Uint8Array>>,
): Promise<ModelManifest> {
  const { network, tag } = facts;
  const described = Object.entries(parts).map(([part, bytes]): [string, ModelPart] => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return [part, { file: `${tag}.${part}.onnx`, bytes: bytes.length, sha256, ...tilingOfPart(network, part) }];
  });
  const manifest: ModelManifest = { format: 1, ...facts, parts: Object.fromEntries(described) };
  const text = json(manifest);
  parseManifest(text, `${network}.${tag}`);

  await mkdir(join(folder, network), { recursive: true });
  for (const [part, { file }] of described) await write(join(folder, network, file), parts[part] ?? new Uint8Array());
  await write(join(folder, network, `${tag}.json`), text);
  const index = join(folder, modelIndexName);
  const list = await readFile(index, "utf8").catch(() => undefined);
  const known = list === undefined ? [] : parseModelIndex(list, index);
  const models = known.includes(`${network}.${tag}`) ? known : [...known, `${network}.${tag}`];
  await write(index, json({ format: 1, models }));
  return manifest;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

async function write(path: string, content: Uint8Array | string): Promise<void> {
  await commitFile(await stageFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content));
}
