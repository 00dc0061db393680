import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { KindlingError } from "@kindling/core";
import { checkpointFile } from "@kindling/lab/internal";
import { decodeOnnx, type NamedBytes, openCheckpoint, type StoredTensor } from "@kindling/nets";
import { checkpointFormat } from "@kindling/nets/internal";
import { readError } from "../../photo/file-errors.ts";

/** What a checkpoint holds. */
export interface CheckpointContent {
  /** By their stored names. */
  readonly tensors: Map<string, StoredTensor>;
  /** The network that an ONNX model of Kindling names. */
  readonly network?: string | undefined;
}

/**
 * Reads the tensors of a checkpoint by their stored names: safetensors, PyTorch, a TensorFlow bundle, or the weights
 * of an ONNX model.
 *
 * @param path the file; of a TensorFlow bundle its `.index`, what its files' names begin with (`model.ckpt`), or the
 *   folder that holds it alone; of a run its folder.
 * @throws {KindlingError} `not-found`, `unreadable`, or `invalid-model` for what is no checkpoint, damaged or hostile, or
 *   has its weights in 8 bits.
 * @example
 * const tensors = await readCheckpoint("official/decom/model.ckpt");
 */
export async function readCheckpoint(path: string): Promise<Map<string, StoredTensor>> {
  return (await readCheckpointContent(path)).tensors;
}

/**
 * Reads a checkpoint as `readCheckpoint` does, with what it says of its network.
 *
 * @throws {KindlingError} what `readCheckpoint` throws.
 */
export async function readCheckpointContent(path: string): Promise<CheckpointContent> {
  const files = await checkpointFiles(path);
  const [only] = files;
  if (files.length !== 1 || !only || checkpointFormat(only.bytes) !== "onnx") return { tensors: openCheckpoint(files) };
  const { graph, weights, metadata } = decodeOnnx(only.bytes, path);
  if (graph.nodes.some(({ operation }) => operation.type === "DequantizeLinear")) {
    throw new KindlingError(
      "invalid-model",
      `${path}: its weights are stored in 8-bit integers, which lack what was rounded off. Give the model with float16 or float32 weights that it was made from.`,
    );
  }
  return { tensors: new Map(weights), network: metadata["network"] };
}

async function checkpointFiles(path: string): Promise<NamedBytes[]> {
  const known = await stat(path).catch(() => undefined);
  try {
    if (known?.isFile() && !path.endsWith(".index")) return [await namedBytes(path)];
    const ofRun = join(path, checkpointFile);
    if (known?.isDirectory() && (await isFile(ofRun))) return [await namedBytes(ofRun)];
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

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isFile(),
    () => false,
  );
}

async function namedBytes(path: string): Promise<NamedBytes> {
  return { name: path, bytes: await readFile(path) };
}
