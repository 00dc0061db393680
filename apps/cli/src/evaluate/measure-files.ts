import { type Measures, measureResult, metrics, withUnit } from "@kindling/lab";
import { readPhoto } from "@kindling/node";
import { loadNiqeModel } from "./load-niqe-model.ts";
import { naming } from "./naming.ts";

/** What else a pair of files is measured with. */
export interface MeasureFilesOptions {
  readonly original?: string | undefined;
  readonly niqeModel?: string | undefined;
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
  const niqeModel = options.niqeModel === undefined ? undefined : await loadNiqeModel(options.niqeModel);
  return naming(result, () => measureResult(pictures.result, { reference: pictures.reference, original, niqeModel }));
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
