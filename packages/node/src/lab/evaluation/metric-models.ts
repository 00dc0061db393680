import { readFile } from "node:fs/promises";
import { type MetricModels, readLpipsWeights, readNiqeModel } from "@kindling/lab/internal";
import { readError } from "../../photo/file-errors.ts";
import { openSession } from "../../runtime/session.ts";

/** The model files of NIQE and LPIPS; a metric without its files is not measured. */
export interface MetricModelFiles {
  /** A safetensors file, as `readNiqeModel` reads it. */
  readonly niqeModel?: string | undefined;
  /** An ONNX file whose outputs are the layers that LPIPS compares. */
  readonly lpipsBackbone?: string | undefined;
  /** A safetensors file, as `readLpipsWeights` reads it. */
  readonly lpipsWeights?: string | undefined;
}

/**
 * Loads the models of metrics. The caller disposes LPIPS' backbone.
 *
 * @throws {KindlingError} `not-found`, `unreadable` or `invalid-model`, naming the file.
 * @example
 * import { measureResult } from "@kindling/lab";
 * const models = await loadMetricModels({ niqeModel: "models/research/niqe/bsds.safetensors" });
 * const { niqe } = await measureResult(result, models);
 */
export async function loadMetricModels({
  niqeModel,
  lpipsBackbone,
  lpipsWeights,
}: MetricModelFiles): Promise<MetricModels> {
  return {
    ...(niqeModel !== undefined && { niqeModel: readNiqeModel(await read(niqeModel), niqeModel) }),
    ...(lpipsBackbone !== undefined &&
      lpipsWeights !== undefined && {
        lpipsModel: {
          weights: readLpipsWeights(await read(lpipsWeights), lpipsWeights),
          // One thread: photos are measured in parallel on all cores.
          backbone: await openSession(lpipsBackbone, { device: "cpu", threads: 1 }),
        },
      }),
  };
}

async function read(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause) => {
    throw readError(file, cause);
  });
}
