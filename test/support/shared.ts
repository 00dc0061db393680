import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSafetensors, type StoredTensor } from "@kindling/nets";

const sharedFolder = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Whether the shared golden files and photos lie beside the checkout. */
export const hasShared = existsSync(sharedFolder);

if (!hasShared) console.warn("Skipping the tests that need ../shared (golden numbers and photos): it is not there.");

/** Path of a file or folder of `../shared`. */
export function sharedPath(...parts: string[]): string {
  return join(sharedFolder, ...parts);
}

/** The tensors of a golden safetensors file, named from `golden/`. */
export function goldenTensors(name: string): Map<string, StoredTensor> {
  return readSafetensors(readFileSync(sharedPath("golden", name)), name);
}
