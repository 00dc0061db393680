import { readFile } from "node:fs/promises";
import { type MetricModels, readLpipsWeights, readNiqeModel } from "@kindling/lab/internal";
import { readError } from "../../photo/file-errors.ts";
import { openSession } from "../../runtime/session.ts";

/** The model files that some metrics need; each metric is measured where its files are given. */
export interface MetricModelFiles {
  readonly niqeModel?: string | undefined;
  readonly lpipsBackbone?: string | undefined;
  readonly lpipsWeights?: string | undefined;
}

/**
 * Loads the models of metrics.
 *
 * @throws {KindlingError} `not-found`, `unreadable` or `invalid-model`, naming the file.
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
          // Photos are measured in parallel on all cores already.
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
