import {
  type FollowOptions,
  KindlingError,
  type Photo,
  type Picture,
  type RelightOptions,
  type Scene,
} from "@kindling/core";
import { progressWithin, throwIfCancelled } from "@kindling/core/internal";
import * as comlink from "comlink";
import { bitmapOfPixels } from "../photo/bitmap-of-pixels.ts";
import { checkPhoto, decodePhoto } from "../photo/decode.ts";
import { chooseDisplayColour, type DisplayColour } from "../photo/display-colour.ts";
import { countLevels } from "../photo/histogram.ts";
import { applyLook, isPlain } from "../photo/look.ts";
import { holdsPixels, leavePixels, pictureOfPixels, takePixels } from "../photo/screen-pixels.ts";
import type { OpenClip } from "../video/open-clip.ts";
import { abilitiesOf, createMethods } from "./methods.ts";
import { estimateBytes, writePhoto } from "./save-scene.ts";
import { createTasks } from "./tasks.ts";
import type { LightMask, LightOptions, Outcome, PhotoSummary, View, WorkerApi } from "./worker-api.ts";

interface OpenPhoto {
  readonly photo: Photo;
  readonly colour: DisplayColour;
}

interface OpenScene extends OpenPhoto {
  readonly scene: Scene;
}

/** Share of an analysis' progress that loading the method counts as. */
const loadingShare = 0.3;

const tasks = createTasks();
const photos = new Map<number, OpenPhoto>();
const scenes = new Map<number, OpenScene>();
const videos = new Map<number, OpenClip>();
let methods = createMethods({});
let lastId = 0;

const api: WorkerApi = {
  setUp(settings) {
    methods = createMethods(settings);
    return tasks.run(0, methods.list);
  },

  async read(task, file, name, { maxPixels = Number.POSITIVE_INFINITY, maxMegapixels }) {
    const outcome = await tasks.run(task, async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { photo, originalSize } = await decodePhoto(bytes, { name, maxMegapixels }, maxPixels);
      return keepPhoto(photo, originalSize);
    });
    return transferOutcome(outcome, ({ view }) => listTransferables(view));
  },

  analyse: (task, id, wanted, onProgress) =>
    tasks.run(task, async (signal) => {
      const { photo, colour } = requireOpen(photos, id);
      const following = { signal, onProgress: throttleProgress(onProgress) };
      const enhancer = await methods.open(wanted, progressWithin(0, loadingShare, following));
      const scene = await enhancer.analyse(photo, progressWithin(loadingShare, 1, following));
      scenes.set(++lastId, { scene, photo, colour });
      return { id: lastId, autoLight: scene.autoLight, ...abilitiesOf(enhancer.facts) };
    }),

  async enhance(task, file, name, { method, settings, maxMegapixels, ...options }, onProgress) {
    const outcome = await tasks.run(task, async (signal) => {
      const following = { signal, onProgress: throttleProgress(onProgress) };
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { photo } = await decodePhoto(bytes, { name, maxMegapixels }, Number.POSITIVE_INFINITY);
      const enhancer = await methods.open({ method, settings }, progressWithin(0.1, loadingShare, following));
      const lit = await enhancer.enhance(photo, {
        ...lightOptions(options),
        ...progressWithin(loadingShare, 0.9, following),
      });
      const saved = await writePhoto(lit.photo, options);
      following.onProgress?.(1);
      return saved;
    });
    return transferOutcome(outcome, ({ bytes }) => [bytes.buffer]);
  },

  async relight(task, id, options) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene, photo, colour } = requireOpen(scenes, id);
      const pixels = takePixels(photo.picture);
      // A look is a change of finer values than those on the screen, and so is another colour space.
      const lit = isPlain(options) && colour.isOwn ? pictureOfPixels(pixels, photo.picture) : undefined;
      const { picture } = await scene.relight({ ...lightOptions(options), lit, signal });
      return createView(applyLook(picture, options), colour, pixels);
    });
    return transferOutcome(outcome, listTransferables);
  },

  async maps(task, id) {
    const outcome = await tasks.run(task, async () => {
      const { scene, colour } = requireOpen(scenes, id);
      const { reflectance, illumination } = scene.maps();
      return {
        reflectance: await createView(reflectance, colour),
        // A profile's primaries mean nothing for grey.
        illumination: await createView(illumination, chooseDisplayColour(undefined)),
      };
    });
    return transferOutcome(outcome, ({ reflectance, illumination }) => [
      ...listTransferables(reflectance),
      ...listTransferables(illumination),
    ]);
  },

  async save(task, id, options, onProgress) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene } = requireOpen(scenes, id);
      return writePhoto(await light(scene, options, { signal, onProgress: throttleProgress(onProgress) }), options);
    });
    return transferOutcome(outcome, ({ bytes }) => [bytes.buffer]);
  },

  estimate: (task, id, options, pixels) =>
    tasks.run(task, async (signal) => {
      const { scene } = requireOpen(scenes, id);
      return estimateBytes(await light(scene, options, { signal }), options, pixels);
    }),

  openVideo: (task, file, name) =>
    tasks.run(task, async () => {
      // Not every visit has a video.
      const { openClip } = await import("../video/open-clip.ts");
      const clip = await openClip(file, name);
      videos.set(++lastId, clip);
      const { width, height, start, end, sound } = clip;
      return { id: lastId, width, height, start, end, hasSound: sound !== undefined };
    }),

  async videoFrame(task, id, seconds, { maxPixels = Number.POSITIVE_INFINITY }) {
    const outcome = await tasks.run(task, async (signal) => {
      const clip = requireOpen(videos, id);
      const picture = await clip.frameAt(seconds, maxPixels);
      throwIfCancelled(signal);
      return keepPhoto({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, clip);
    });
    return transferOutcome(outcome, ({ view }) => listTransferables(view));
  },

  saveVideo: (task, id, resultName, { method, container: wanted, ...options }, onProgress) =>
    tasks.run(task, async (signal) => {
      const clip = requireOpen(videos, id);
      const { writeClip } = await import("../video/write-clip.ts");
      const enhancer = await methods.open({ method }, { signal });
      const container = wanted ?? (await clip.ownContainer());
      const reports = throttleProgress(onProgress) ?? (() => undefined);
      const written = await writeClip(enhancer, clip, resultName, {
        ...options,
        container,
        signal,
        onProgress: reports,
      });
      return { ...written, container };
    }),

  check: (task, file, name) => tasks.run(task, async () => checkPhoto(new Uint8Array(await file.arrayBuffer()), name)),

  cancel: tasks.cancel,

  close(...ids) {
    for (const id of ids) {
      photos.delete(id);
      scenes.delete(id);
      videos.get(id)?.close();
      videos.delete(id);
    }
  },
};

async function keepPhoto(photo: Photo, { width, height }: PhotoSummary["originalSize"]): Promise<PhotoSummary> {
  const colour = chooseDisplayColour(photo.metadata.icc);
  const view = await createView(photo.picture, colour);
  photos.set(++lastId, { photo, colour });
  const { picture, format, depth, notes } = photo;
  const originalSize = { width, height };
  return { id: lastId, width: picture.width, height: picture.height, originalSize, format, depth, notes, view };
}

function requireOpen<Value>(open: ReadonlyMap<number, Value>, id: number): Value {
  const value = open.get(id);
  if (value) return value;
  throw new KindlingError("internal", "This photo, scene or video was closed. Read the file again.");
}

function light(scene: Scene, options: LightOptions, following: FollowOptions): Promise<Photo> {
  return scene.relight({ ...lightOptions(options), ...following });
}

function lightOptions({ light: level, mask, lightOutside, ...given }: LightOptions): RelightOptions {
  const { denoise, denoiseColour, keepHighlights } = given;
  return { light: level, denoise, denoiseColour, keepHighlights, mask: mask && maskToPicture(mask), lightOutside };
}

function maskToPicture({ width, height, values }: LightMask): Picture {
  return { width, height, channels: 1, samples: Float32Array.from(values, (value) => value / 255) };
}

async function createView(picture: Picture, colour: DisplayColour, pixels = takePixels(picture)): Promise<View> {
  if (!holdsPixels(picture, pixels)) colour.convert(picture, pixels);
  const image = new ImageData(pixels, picture.width, picture.height, { colorSpace: colour.space });
  const view = { bitmap: await bitmapOfPixels(image), histogram: countLevels(pixels, picture.width) };
  leavePixels(pixels);
  return view;
}

function listTransferables({ bitmap, histogram }: View): Transferable[] {
  return [bitmap, histogram.buffer];
}

function transferOutcome<Value>(outcome: Outcome<Value>, transfers: (value: Value) => Transferable[]): Outcome<Value> {
  return "value" in outcome ? comlink.transfer(outcome, transfers(outcome.value)) : outcome;
}

/** Passes on one report in 30 ms: steps come in hundreds a second, and each report is a message to the page. */
function throttleProgress<More extends unknown[]>(
  onProgress: ((done: number, ...more: More) => void) | undefined,
): ((done: number, ...more: More) => void) | undefined {
  let reportedAt = 0;
  return (
    onProgress &&
    ((done, ...more) => {
      const now = performance.now();
      if (now - reportedAt < 30 && done < 1) return;
      reportedAt = now;
      onProgress(done, ...more);
    })
  );
}

// Bundlers let chunks that are loaded later import from the worker's script, and WebKit then runs the script once more: a
// second answer to every call, by one that knows no photo.
const scope = globalThis as { kindlingAnswers?: true };
if (!scope.kindlingAnswers) {
  scope.kindlingAnswers = true;
  comlink.expose(api);
}
