import { KindlingError, type Photo } from "@kindling/core";
import type { Failure, MeasuredImage } from "./evaluation.ts";
import { type MetricModels, measureResult } from "./measure-result.ts";
import { nameErrors } from "./name-errors.ts";
import type { Subject } from "./subject.ts";

/** The file of a result, and of the result at the reference's light level where there is one. */
export interface ResultFile {
  readonly method: string;
  readonly file: string;
  readonly atReferenceLight?: string | undefined;
  /** Seconds of the method; undefined for results made elsewhere. */
  readonly seconds?: number | undefined;
}

/** A photo with all results to measure. */
export interface PhotoResults extends Subject {
  readonly results: readonly ResultFile[];
  /** Longer side in pixels of the pictures for a report; default no pictures. */
  readonly previewSidePx?: number | undefined;
}

/** A picture for a report, as a data URI. */
export interface LabelledPicture {
  readonly label: string;
  readonly uri: string;
}

/** The measures of all results of a photo, its pictures for a report, and the failures. */
export interface MeasuredPhoto {
  readonly name: string;
  readonly images: readonly { readonly method: string; readonly image: MeasuredImage }[];
  readonly pictures: readonly LabelledPicture[];
  readonly failures: readonly Failure[];
}

/** How `measurePhoto` reads and reduces photos: a port, which `@kindling/node/lab` implements. */
export interface PhotoPorts {
  /** Reads a photo file; its `KindlingError`s become failures. */
  read(file: string): Promise<Photo>;
  /** Encodes a photo as a data URI, its longer side at most `sidePx`. */
  preview(photo: Photo, sidePx: number): Promise<string>;
}

/** Measures all results of one photo. Files that cannot be read or measured become failures; the others are measured. */
export async function measurePhoto(
  { name, original, reference, results, previewSidePx }: PhotoResults,
  models: MetricModels,
  { read, preview }: PhotoPorts,
): Promise<MeasuredPhoto> {
  const images: MeasuredPhoto["images"][number][] = [];
  const pictures: LabelledPicture[] = [];
  const failures: Failure[] = [];
  const measured = { name, images, pictures, failures };
  const keepPreview = async (label: string, photo: Photo) => {
    if (previewSidePx !== undefined) pictures.push({ label, uri: await preview(photo, previewSidePx) });
  };
  const attempt = async <Value>(file: string, method: string | undefined, work: () => Promise<Value>) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KindlingError)) throw error;
      const { code, message } = error;
      failures.push({ file, ...(method !== undefined && { method }), code, message });
      return undefined;
    }
  };
  const readFile = (file: string, method?: string) => attempt(file, method, () => read(file));

  const dark = await readFile(original);
  if (!dark) return measured;
  await keepPreview("input", dark);
  const bright = reference === undefined ? undefined : await readFile(reference);
  if (reference !== undefined && !bright) return measured;
  if (bright) await keepPreview("reference", bright);

  for (const { method, file, atReferenceLight, seconds } of results) {
    // The results of engines are temporary files: their errors name the photo instead.
    const shownAs = seconds === undefined ? file : original;
    const result = await readFile(file, method);
    if (!result) continue;
    const relit = atReferenceLight === undefined ? undefined : await readFile(atReferenceLight, method);
    const measuredWith = {
      original: dark.picture,
      reference: bright?.picture,
      atReferenceLight: relit?.picture,
      ...models,
    };
    const measures = await attempt(shownAs, method, () =>
      nameErrors(shownAs, () => measureResult(result.picture, measuredWith)),
    );
    if (!measures) continue;
    images.push({ method, image: { name, ...measures, ...(seconds !== undefined && { seconds }) } });
    await keepPreview(method, result);
  }
  return measured;
}
