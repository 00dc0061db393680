import {
  exposeToIllumination,
  finish,
  KindlingError,
  meanIllumination,
  openEnhancer,
  openSession,
  type Photo,
  readPhoto,
  runPictureModel,
  transferOfProfile,
  writePhoto,
} from "@kindling/node";
import type { RunJob, RunReport } from "./run-job.ts";

// Without the process that waits for it there is nobody to work for.
process.once("disconnect", () => process.exit());

// The entry of the process that `runMethod` starts: nothing else happens in it, so that its memory is the method's.
process.once("message", async (job: RunJob) => {
  const enhance = await openEngine(job);
  const read = (path: string) => readPhoto(path, job);
  const tell = (report: RunReport) => process.send?.(report);

  let isWarm = false;
  for (const [index, { input, output }] of job.photos.entries()) {
    try {
      const photo = await read(input);
      // The engine compiles what is slow while it runs: the first photo is done once before any clock.
      if (!isWarm) await enhance(photo);
      isWarm = true;
      const startedAt = performance.now();
      const result = await enhance(photo);
      const seconds = (performance.now() - startedAt) / 1000;
      await writePhoto(result, output, { format: "png", depth: 8 });
      tell({ index, seconds, megapixels: (photo.picture.width * photo.picture.height) / 1e6 });
    } catch (error) {
      const code = error instanceof KindlingError ? error.code : "internal";
      tell({ index, code, message: error instanceof Error ? error.message : String(error) });
    }
  }
  tell({ peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });

  // References are read only now: their memory is no part of the method's.
  for (const [index, { input, atReferenceLight }] of job.photos.entries()) {
    if (!atReferenceLight) continue;
    try {
      const photo = await read(input);
      const result = await enhance(photo);
      const target = meanIllumination((await read(atReferenceLight.reference)).picture);
      const picture = finish(exposeToIllumination(result.picture, target, transferOfProfile(photo.metadata.icc)));
      await writePhoto({ ...result, picture }, atReferenceLight.output, { format: "png", depth: 8 });
      tell({ index, atReferenceLight: true });
    } catch (error) {
      // A photo that failed is told above; an unreadable reference is told when results are measured against it.
      if (!(error instanceof KindlingError)) throw error;
    }
  }
  process.disconnect();
});

/** The engine as a function from photo to photo. A model that cannot be opened fails on every photo, each named. */
async function openEngine({ engine, device }: RunJob): Promise<(photo: Photo) => Promise<Photo>> {
  if (engine.kind === "method") {
    const enhancer = await openEnhancer(engine);
    return async (photo) => (await enhancer.analyse(photo, { depth: 8 })).relight();
  }
  const opening = openSession(engine.model, { device });
  opening.catch(() => undefined);
  return async (photo) => ({
    ...photo,
    picture: await runPictureModel(await opening, photo.picture, engine.settings),
  });
}
