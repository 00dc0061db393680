import { KindlingError, type Photo, type Picture, progressWithin, type Scene, withoutPlace } from "@kindling/core";
import * as comlink from "comlink";
import { decodePhoto } from "../photo/decode.ts";
import { type DisplayColour, displayColourOf } from "../photo/display-colour.ts";
import { encodePhoto } from "../photo/encode.ts";
import { histogramOf } from "../photo/histogram.ts";
import { createMethods } from "./methods.ts";
import { createTasks } from "./tasks.ts";
import type { LightMask, Outcome, View, WorkerApi } from "./worker-api.ts";

interface OpenPhoto {
  readonly photo: Photo;
  readonly colour: DisplayColour;
}

interface OpenScene {
  readonly scene: Scene;
  readonly colour: DisplayColour;
}

/** What fetching a network takes of the time until a photo is analysed. */
const loadingShare = 0.3;

const tasks = createTasks();
const photos = new Map<number, OpenPhoto>();
const scenes = new Map<number, OpenScene>();
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
      const { photo, fullSize } = await decodePhoto(bytes, { name, maxMegapixels }, maxPixels);
      const colour = displayColourOf(photo.metadata.icc);
      const view = await viewOf(photo.picture, colour);
      photos.set(++lastId, { photo, colour });
      const { picture, format, depth, notes } = photo;
      return { id: lastId, width: picture.width, height: picture.height, fullSize, format, depth, notes, view };
    });
    return withTransfers(outcome, ({ view }) => partsOf(view));
  },

  analyse: (task, id, { method }, onProgress) =>
    tasks.run(task, async (signal) => {
      const { photo, colour } = known(photos, id);
      const following = { signal, onProgress: throttled(onProgress) };
      const enhancer = await methods.open(method, progressWithin(0, loadingShare, following));
      const scene = await enhancer.analyse(photo, progressWithin(loadingShare, 1, following));
      scenes.set(++lastId, { scene, colour });
      const { strengths, hasMaps } = enhancer.facts;
      return { id: lastId, autoLight: scene.autoLight, strengths, hasMaps };
    }),

  async relight(task, id, { mask, ...options }) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene, colour } = known(scenes, id);
      const { picture } = await scene.relight({ ...options, mask: mask && pictureOfMask(mask), signal });
      return viewOf(picture, colour);
    });
    return withTransfers(outcome, partsOf);
  },

  async maps(task, id) {
    const outcome = await tasks.run(task, async () => {
      const { scene, colour } = known(scenes, id);
      const { reflectance, illumination } = scene.maps();
      return {
        reflectance: await viewOf(reflectance, colour),
        // Grey has no primaries that a profile could tell.
        illumination: await viewOf(illumination, displayColourOf(undefined)),
      };
    });
    return withTransfers(outcome, ({ reflectance, illumination }) => [
      ...partsOf(reflectance),
      ...partsOf(illumination),
    ]);
  },

  async save(task, id, { format, quality, withoutPlace: placeless, mask, ...options }, onProgress) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene } = known(scenes, id);
      const following = { signal, onProgress: throttled(onProgress) };
      const lit = await scene.relight({ ...options, mask: mask && pictureOfMask(mask), ...following });
      const photo = placeless ? { ...lit, metadata: withoutPlace(lit.metadata) } : lit;
      const encoded = await encodePhoto(photo, { format, quality });
      return { bytes: new Uint8Array(encoded.bytes), format: encoded.format, leftOut: encoded.leftOut };
    });
    return withTransfers(outcome, ({ bytes }) => [bytes.buffer]);
  },

  cancel: tasks.cancel,

  close(...ids) {
    for (const id of ids) {
      photos.delete(id);
      scenes.delete(id);
    }
  },
};

function known<Value>(open: ReadonlyMap<number, Value>, id: number): Value {
  const value = open.get(id);
  if (value) return value;
  throw new KindlingError("internal", "This photo was closed; read it again.");
}

function pictureOfMask({ width, height, values }: LightMask): Picture {
  return { width, height, channels: 1, samples: Float32Array.from(values, (value) => value / 255) };
}

async function viewOf(picture: Picture, colour: DisplayColour): Promise<View> {
  const pixels = colour.pixels(picture);
  const image = new ImageData(pixels, picture.width, picture.height, { colorSpace: colour.space });
  return { bitmap: await createImageBitmap(image), histogram: histogramOf(pixels) };
}

function partsOf({ bitmap, histogram }: View): Transferable[] {
  return [bitmap, histogram.buffer];
}

function withTransfers<Value>(outcome: Outcome<Value>, transfers: (value: Value) => Transferable[]): Outcome<Value> {
  return "value" in outcome ? comlink.transfer(outcome, transfers(outcome.value)) : outcome;
}

/** Steps come in hundreds a second, and each told is a message: a page draws no more than 60. */
function throttled(onProgress: ((done: number) => void) | undefined): ((done: number) => void) | undefined {
  let toldAt = 0;
  return (
    onProgress &&
    ((done) => {
      const now = performance.now();
      if (now - toldAt < 30 && done < 1) return;
      toldAt = now;
      onProgress(done);
    })
  );
}

comlink.expose(api);
