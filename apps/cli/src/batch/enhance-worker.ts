import {
  encodePhoto,
  KindlingError,
  limitCodecThreads,
  meanIllumination,
  openEnhancer,
  readPhoto,
  stageFile,
  withoutPlace,
} from "@kindling/node";
import type { Job, JobOutcome, JobResult } from "./job.ts";

/** Runs one photo from file to staged file on a worker thread; piscina calls it. */
export async function enhanceOnWorker(job: Job): Promise<JobOutcome> {
  const cancelling = new AbortController();
  job.port.on("message", () => cancelling.abort());
  try {
    return { ok: true, result: await enhanceFile(job, cancelling.signal) };
  } catch (error) {
    const known = explained(job.input, error);
    return { ok: false, code: known.code, message: known.message };
  } finally {
    job.port.close();
  }
}

async function enhanceFile({ input, output, treatment, threads, port }: Job, signal: AbortSignal): Promise<JobResult> {
  const startedAt = performance.now();
  limitCodecThreads(threads);
  const enhancer = await openEnhancer(treatment);
  const photo = await readPhoto(input, { maxMegapixels: treatment.maxMegapixels });
  const depth = treatment.depth === "keep" ? photo.depth : treatment.depth;
  const scene = await enhancer.analyse(photo, { depth, signal, onProgress: (done) => port.postMessage(done) });
  const lit = await scene.relight({ light: treatment.light, signal });
  const result = treatment.stripGps ? { ...lit, metadata: withoutPlace(lit.metadata) } : lit;
  const encoded = await encodePhoto(result, {
    format: treatment.format === "keep" ? undefined : treatment.format,
    depth: treatment.depth === "keep" ? undefined : treatment.depth,
    quality: treatment.quality,
  });
  const staged = await stageFile(output, encoded.bytes);
  const { width, height } = photo.picture;
  return {
    staged,
    bytes: encoded.bytes.length,
    megapixels: (width * height) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    illumination: { before: meanIllumination(photo.picture), after: meanIllumination(lit.picture) },
    notes: [...photo.notes, ...keptShort(photo.depth, encoded.depth, encoded.format, encoded.leftOut)],
  };
}

function keptShort(cameWith: number, depth: number, format: string, leftOut: readonly string[]): string[] {
  const name = format.toUpperCase();
  const notes = leftOut.map(
    (part) => `${name} has no room for its ${part === "alpha" ? "transparency" : part.toUpperCase()}`,
  );
  if (cameWith === 16 && depth < 16) notes.push(`${depth} bits a sample are all ${name} holds`);
  return notes;
}

function explained(input: string, error: unknown): KindlingError {
  if (error instanceof KindlingError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /allocation failed|Invalid typed array length/i.test(reason)) {
    return new KindlingError(
      "out-of-memory",
      `${input}: not enough memory for this photo. Lower --jobs, or close other programs.`,
    );
  }
  return new KindlingError("internal", `${input}: ${reason}. This should not happen: please report it with the photo.`);
}
