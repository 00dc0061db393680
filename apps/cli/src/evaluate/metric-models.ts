import { readFile } from "node:fs/promises";
import { type MeasuredWith, readLpipsWeights, readNiqeModel } from "@kindling/lab";
import { openSession, readError } from "@kindling/node";

/** The files of the models that some metrics need; each metric is measured where its files are given. */
export interface MetricModelFiles {
  readonly niqeModel?: string | undefined;
  readonly lpipsBackbone?: string | undefined;
  readonly lpipsWeights?: string | undefined;
}

/** The models of metrics, ready to measure with. */
export type MetricModels = Pick<MeasuredWith, "niqeModel" | "lpipsModel">;

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
          // Photos are measured side by side on all cores already.
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
