import { defaultStrengths, type Enhancer, KindlingError, type Photo } from "@kindling/core";
import { enhancerOf, plainMethod, runPictureModel } from "@kindling/core/internal";
import { openEnhancer } from "../../enhance/open-enhancer.ts";
import { readPhoto, writePhoto } from "../../photo/photo-file.ts";
import { openSession } from "../../runtime/session.ts";
import type { RunJob, RunReport } from "./run-job.ts";

// Without the parent process nobody reads the results.
process.once("disconnect", () => process.exit());

// The process that `runEngine` starts. It imports no more than it needs, so that its memory is that of the engine.
process.once("message", async (job: RunJob) => {
  const lighting = job.engine.kind === "method" ? job.engine.lighting : {};
  const enhancer = await openEngine(job).catch((error: unknown) => failingEngine(error));
  const analyse = (photo: Photo) => enhancer.analyse(photo, { depth: 8 });
  const enhance = async (photo: Photo) => (await analyse(photo)).relight(lighting);
  const read = (path: string) => readPhoto(path, job);
  const send = (report: RunReport) => process.send?.(report);

  let isWarm = false;
  for (const [index, { input, output }] of job.photos.entries()) {
    try {
      const photo = await read(input);
      // JavaScript is compiled while it runs, so the first photo runs once before it is timed.
      if (!isWarm) await enhance(photo);
      isWarm = true;
      const startedAt = performance.now();
      const result = await enhance(photo);
      const seconds = (performance.now() - startedAt) / 1000;
      await writePhoto(result, output, { format: "png", depth: 8 });
      send({ index, seconds, megapixels: (photo.picture.width * photo.picture.height) / 1e6 });
    } catch (error) {
      const code = error instanceof KindlingError ? error.code : "internal";
      send({ index, code, message: error instanceof Error ? error.message : String(error) });
    }
  }
  send({ peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });

  // References are read after the memory is measured, so that they do not count as the method's.
  for (const [index, { input, atReferenceLight }] of job.photos.entries()) {
    if (!atReferenceLight) continue;
    try {
      const photo = await read(input);
      const result = await (await analyse(photo)).relightLike(await read(atReferenceLight.reference));
      await writePhoto(result, atReferenceLight.output, { format: "png", depth: 8 });
      send({ index, atReferenceLight: true });
    } catch (error) {
      // A failed photo is reported above; an unreadable reference is reported when results are measured.
      if (!(error instanceof KindlingError)) throw error;
    }
  }
  process.disconnect();
});

/** Opens the engine. A model file from picture to picture is a method without a light level of its own. */
async function openEngine({ label, engine, device, models, maxMemoryBytes }: RunJob): Promise<Enhancer> {
  if (engine.kind === "method") return openEnhancer({ ...engine, device, models, maxMemoryBytes });
  const session = await openSession(engine.model, { device });
  return enhancerOf(
    { name: label, options: {}, strengths: [], defaultStrengths, hasMaps: false, hasOwnLight: false },
    plainMethod((picture, _, options) => runPictureModel(session, picture, engine.settings, options)),
  );
}

/** Replaces an engine that could not be opened: fails on every photo, so that each is reported. */
function failingEngine(error: unknown): Pick<Enhancer, "analyse"> {
  return { analyse: () => Promise.reject(error) };
}
