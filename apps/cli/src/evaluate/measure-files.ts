import { type Measures, measureResult, metrics, withUnit } from "@kindling/lab";
import { readPhoto } from "@kindling/node";
import { loadMetricModels, type MetricModelFiles } from "./metric-models.ts";
import { naming } from "./naming.ts";

/** What else a pair of files is measured with. */
export interface MeasureFilesOptions extends MetricModelFiles {
  readonly original?: string | undefined;
  readonly maxMegapixels: number;
}

/**
 * Measures a result's file against its reference's.
 *
 * @throws {KindlingError} with the file's name, where one cannot be read or they do not fit each other.
 */
export async function measureFiles(result: string, reference: string, options: MeasureFilesOptions): Promise<Measures> {
  const read = async (file: string) => (await readPhoto(file, options)).picture;
  const pictures = { result: await read(result), reference: await read(reference) };
  const original = options.original === undefined ? pictures.reference : await read(options.original);
  const models = await loadMetricModels(options);
  try {
    return await naming(result, () =>
      measureResult(pictures.result, { reference: pictures.reference, original, ...models }),
    );
  } finally {
    await models.lpipsModel?.backbone.dispose();
  }
}

/** Measures as a table for a terminal, one metric a line. */
export function measuresTable(measures: Measures): string {
  const lines = metrics.flatMap((metric) => {
    const value = measures[metric.name];
    const arrow = metric.better === "more" ? "↑" : "↓";
    return value === undefined
      ? []
      : `${withUnit(metric).padEnd(18)}${arrow} ${value.toFixed(metric.decimals).padStart(10)}`;
  });
  return lines.join("\n");
}
