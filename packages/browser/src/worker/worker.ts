import { type Enhancer, KindlingError, meanIllumination, methods, openEnhancer, type Photo, type Scene, withoutPlace } from "@kindling/core";
import * as comlink from "comlink";
import { decodeReduced } from "../photo/decode.ts";
import { type DisplayColour, displayColourOf } from "../photo/display-colour.ts";
import { encodePhoto } from "../photo/encode.ts";
import { histogramOf } from "../photo/histogram.ts";
import { createTasks } from "./tasks.ts";
import type { Outcome, View, WorkerApi } from "./worker-api.ts";

interface OpenPhoto {
  readonly photo: Photo;
  readonly colour: DisplayColour;
}

interface OpenScene {
  readonly scene: Scene;
  readonly colour: DisplayColour;
}

const tasks = createTasks();
const photos = new Map<number, OpenPhoto>();
const scenes = new Map<number, OpenScene>();
const enhancers = new Map<string, Promise<Enhancer>>();
let lastId = 0;

const api: WorkerApi = {
  async setUp() {
    return { value: methods.map(({ name, title, about }) => ({ name, title, about })) };
  },

  async read(task, file, name, { maxPixels = Number.POSITIVE_INFINITY, maxMegapixels }) {
    const outcome = await tasks.run(task, async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { photo, fullSize } = await decodeReduced(bytes, { name, maxMegapixels }, maxPixels);
      const colour = displayColourOf(photo.metadata.icc);
      const view = await viewOf(photo, colour);
      photos.set(++lastId, { photo, colour });
      const { picture, format, depth, notes } = photo;
      return { id: lastId, width: picture.width, height: picture.height, fullSize, format, depth, notes, view };
    });
    return withTransfers(outcome, ({ view }) => [view.bitmap, view.histogram.buffer]);
  },

  analyse: (task, id, { method }, onProgress) =>
    tasks.run(task, async (signal) => {
      const { photo, colour } = known(photos, id);
      const enhancer = await enhancerFor(method);
      const scene = await enhancer.analyse(photo, { signal, onProgress: throttled(onProgress) });
      scenes.set(++lastId, { scene, colour });
      const lit = await scene.relight();
      const autoLight = meanIllumination(lit.picture) / Math.max(meanIllumination(photo.picture), 1e-6);
      return { id: lastId, autoLight };
    }),

  async relight(task, id, { light }) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene, colour } = known(scenes, id);
      return viewOf(await scene.relight({ light, signal }), colour);
    });
    return withTransfers(outcome, ({ bitmap, histogram }) => [bitmap, histogram.buffer]);
  },

  async save(task, id, { light, format, quality, withoutPlace: placeless }, onProgress) {
    const outcome = await tasks.run(task, async (signal) => {
      const { scene } = known(scenes, id);
      const lit = await scene.relight({ light, signal, onProgress: throttled(onProgress) });
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

function enhancerFor(method: string | undefined): Promise<Enhancer> {
  const key = method ?? "";
  const open = enhancers.get(key) ?? openEnhancer({ method });
  enhancers.set(key, open);
  open.catch(() => enhancers.delete(key));
  return open;
}

function known<Value>(open: ReadonlyMap<number, Value>, id: number): Value {
  const value = open.get(id);
  if (value) return value;
  throw new KindlingError("internal", "This photo was closed; read it again.");
}

async function viewOf({ picture }: Photo, colour: DisplayColour): Promise<View> {
  const pixels = colour.pixels(picture);
  const image = new ImageData(pixels, picture.width, picture.height, { colorSpace: colour.space });
  return { bitmap: await createImageBitmap(image), histogram: histogramOf(pixels) };
}

function withTransfers<Value>(
  outcome: Outcome<Value>,
  transfers: (value: Value) => readonly Transferable[],
): Outcome<Value> {
  return "value" in outcome ? comlink.transfer(outcome, [...transfers(outcome.value)]) : outcome;
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
