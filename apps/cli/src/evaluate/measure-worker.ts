import { type Failure, measureResult } from "@kindling/lab";
import { KindlingError, type Photo, readPhoto } from "@kindling/node";
import type { LabelledPicture, MeasureJob, MeasureOutcome, ResultFile } from "./measure-job.ts";
import { loadMetricModels, type MetricModels } from "./metric-models.ts";
import { naming } from "./naming.ts";
import { previewUri } from "./preview-uri.ts";

/** Loaded once a thread: all photos are measured with the same models. */
let loadedModels: Promise<MetricModels> | undefined;

/** Measures all results of one photo on a worker thread; piscina calls it. */
export async function measureOnWorker(job: MeasureJob): Promise<MeasureOutcome> {
  loadedModels ??= loadMetricModels(job.models);
  const models = await loadedModels;
  const images: MeasureOutcome["images"][number][] = [];
  const pictures: LabelledPicture[] = [];
  const failures: Failure[] = [];
  const keepPreview = async (label: string, photo: Photo) => {
    if (job.previewSide === undefined) return;
    pictures.push({ label, uri: await previewUri(photo, job.previewSide) });
  };
  const attempt = async <Value>(file: string, method: string | undefined, work: () => Value | Promise<Value>) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KindlingError)) throw error;
      const { code, message } = error;
      failures.push({ file, ...(method !== undefined && { method }), code, message });
      return undefined;
    }
  };
  const read = (file: string, method?: string) => attempt(file, method, () => readPhoto(file, job));

  const original = await read(job.original);
  if (!original) return { name: job.name, images, pictures, failures };
  await keepPreview("input", original);
  const reference = job.reference === undefined ? undefined : await read(job.reference);
  if (job.reference !== undefined && !reference) return { name: job.name, images, pictures, failures };
  if (reference) await keepPreview("reference", reference);

  const measure = async ({ method, file, atReferenceLight, seconds }: ResultFile) => {
    // The file of a method that was run here is gone when the error is read: the photo it was made from is named.
    const shownAs = seconds === undefined ? file : job.original;
    const result = await read(file, method);
    if (!result) return;
    const relit = atReferenceLight === undefined ? undefined : await read(atReferenceLight, method);
    const measuredWith = {
      original: original.picture,
      reference: reference?.picture,
      atReferenceLight: relit?.picture,
      ...models,
    };
    const measures = await attempt(shownAs, method, () =>
      naming(shownAs, () => measureResult(result.picture, measuredWith)),
    );
    if (!measures) return;
    images.push({ method, image: { name: job.name, ...measures, ...(seconds !== undefined && { seconds }) } });
    await keepPreview(method, result);
  };
  for (const result of job.results) await measure(result);
  return { name: job.name, images, pictures, failures };
}
