import {
  type Enhancer,
  enhancerOf,
  KindlingError,
  openEnhancer,
  openSession,
  type Photo,
  plainMethod,
  readPhoto,
  runPictureModel,
  writePhoto,
} from "@kindling/node";
import type { RunJob, RunReport } from "./run-job.ts";

// Without the process that waits for it there is nobody to work for.
process.once("disconnect", () => process.exit());

// The entry of the process that `runMethod` starts: nothing else happens in it, so that its memory is the method's.
process.once("message", async (job: RunJob) => {
  const lighting = job.engine.kind === "method" ? job.engine.lighting : {};
  const enhancer = await openEngine(job).catch((error: unknown) => failing(error));
  const analyse = (photo: Photo) => enhancer.analyse(photo, { depth: 8 });
  const enhance = async (photo: Photo) => (await analyse(photo)).relight(lighting);
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
      const result = await (await analyse(photo)).relightLike(await read(atReferenceLight.reference));
      await writePhoto(result, atReferenceLight.output, { format: "png", depth: 8 });
      tell({ index, atReferenceLight: true });
    } catch (error) {
      // A photo that failed is told above; an unreadable reference is told when results are measured against it.
      if (!(error instanceof KindlingError)) throw error;
    }
  }
  process.disconnect();
});

/** A model file goes from picture to picture: a method without a light level of its own. */
async function openEngine({ label, engine, device, models, maxMemoryBytes }: RunJob): Promise<Enhancer> {
  if (engine.kind === "method") return openEnhancer({ ...engine, device, models, maxMemoryBytes });
  const session = await openSession(engine.model, { device });
  return enhancerOf(
    { name: label, strengths: [], hasMaps: false, hasOwnLight: false },
    plainMethod((picture, _, options) => runPictureModel(session, picture, engine.settings, options)),
  );
}

/** An engine that cannot be opened fails on every photo, each named. */
function failing(error: unknown): Pick<Enhancer, "analyse"> {
  return { analyse: () => Promise.reject(error) };
}
