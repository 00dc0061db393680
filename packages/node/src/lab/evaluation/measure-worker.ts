import { type MeasuredPhoto, type MetricModels, measurePhoto } from "@kindling/lab/internal";
import { readPhoto } from "../../photo/photo-file.ts";
import { previewUri } from "../../photo/preview-uri.ts";
import type { MeasureJob } from "./measure-photos.ts";
import { loadMetricModels } from "./metric-models.ts";

/** The models of all photos, loaded once a thread. */
let loadedModels: Promise<MetricModels> | undefined;

/** Measures all results of one photo on a worker thread; piscina calls it. */
export async function measureOnWorker({ photo, models, maxMegapixels }: MeasureJob): Promise<MeasuredPhoto> {
  loadedModels ??= loadMetricModels(models);
  return measurePhoto(photo, await loadedModels, {
    read: (file) => readPhoto(file, { maxMegapixels }),
    preview: previewUri,
  });
}
