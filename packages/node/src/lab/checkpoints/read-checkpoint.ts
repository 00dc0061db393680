import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { KindlingError } from "@kindling/core";
import { decodeOnnx, type NamedBytes, openCheckpoint, type StoredTensor } from "@kindling/nets";
import { checkpointFormat } from "@kindling/nets/internal";
import { readError } from "../../photo/file-errors.ts";

/**
 * Reads the tensors of a checkpoint by their stored names: safetensors, PyTorch, a TensorFlow bundle, or the weights
 * of an ONNX model.
 *
 * @param path the file; of a TensorFlow bundle its `.index`, what its files' names begin with (`model.ckpt`), or the
 *   folder that holds it alone.
 * @throws {KindlingError} `not-found`, `unreadable`, or `invalid-model` for what is no checkpoint, damaged or hostile.
 */
export async function readCheckpoint(path: string): Promise<Map<string, StoredTensor>> {
  const files = await checkpointFiles(path);
  const [only] = files;
  if (files.length === 1 && only && checkpointFormat(only.bytes) === "onnx") {
    return new Map(decodeOnnx(only.bytes, path).weights);
  }
  return openCheckpoint(files);
}

async function checkpointFiles(path: string): Promise<NamedBytes[]> {
  const known = await stat(path).catch(() => undefined);
  try {
    if (known?.isFile() && !path.endsWith(".index")) return [await namedBytes(path)];
    const folder = known?.isDirectory() ? path : dirname(path);
    const start = known?.isDirectory() ? "" : `${basename(path).replace(/\.index$/, "")}.`;
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries
      .filter(
        (entry) => entry.isFile() && entry.name.startsWith(start) && (known?.isDirectory() || isOfBundle(entry.name)),
      )
      .map(({ name }) => name);
    if (names.length === 0) throw new KindlingError("not-found", `${path}: there is no checkpoint. Check the path.`);
    return await Promise.all(names.map((name) => namedBytes(join(folder, name))));
  } catch (cause) {
    throw readError(path, cause);
  }
}

function isOfBundle(name: string): boolean {
  return /\.(index|data-\d{5}-of-\d{5})$/.test(name);
}

async function namedBytes(path: string): Promise<NamedBytes> {
  return { name: path, bytes: await readFile(path) };
}
