import { measureResult } from "@kindling/lab";
import { type Measures, nameErrors } from "@kindling/lab/internal";
import { readPhoto } from "../../photo/photo-file.ts";
import { loadMetricModels, type MetricModelFiles } from "./metric-models.ts";

/** Options of `measureFiles`. */
export interface MeasureFilesOptions extends MetricModelFiles {
  /** File of the dark photo, for LOE; default the reference. */
  readonly original?: string | undefined;
  /** Larger photos fail. */
  readonly maxMegapixels: number;
}

/**
 * Measures the file of a result against that of its reference.
 *
 * @throws {KindlingError} naming the file, where a file cannot be read or the two sizes differ.
 * @example
 * import { measuresTable } from "@kindling/lab";
 * const measures = await measureFiles("lit.png", "reference.png", { maxMegapixels: 200 });
 * console.log(measuresTable(measures));
 */
export async function measureFiles(result: string, reference: string, options: MeasureFilesOptions): Promise<Measures> {
  const read = async (file: string) => (await readPhoto(file, options)).picture;
  const pictures = { result: await read(result), reference: await read(reference) };
  const original = options.original === undefined ? pictures.reference : await read(options.original);
  const models = await loadMetricModels(options);
  try {
    return await nameErrors(result, () =>
      measureResult(pictures.result, { reference: pictures.reference, original, ...models }),
    );
  } finally {
    await models.lpipsModel?.backbone.dispose();
  }
}
