import { type BrowserEnhancer, type BrowserScene, openEnhancer } from "@kindling/browser";
import { effect, signal, untracked } from "@preact/signals";
import { deriveLightOptions } from "./light-options.ts";
import type { OpenPhoto } from "./open-photo.ts";
import type { Settings } from "./settings.ts";
import { current, isZoomed, modelsUrl } from "./studio.ts";

/** The photo on the stage at full size, or as near to it as the memory allows. */
export interface FullSizePicture {
  readonly photo: OpenPhoto;
  /** Settings that it was lit by; it does not show others. */
  readonly settings: Settings;
  readonly before: ImageBitmap;
  readonly after: ImageBitmap;
}

/** The latest picture at full size; undefined before the first and after `stopRefining`. */
export const fullSizePicture = signal<FullSizePicture | undefined>(undefined);

/** Share of the picture that is done, 0 to 1; undefined while none is made. */
export const fullSizeProgress = signal<number | undefined>(undefined);

/** Pixels for each gigabyte of the device's memory: floats of all steps take ten times as many bytes. */
const pixelsPerGigabyte = 1.5e6;
const assumedGigabytes = 4;

/** What a canvas of any browser holds: older phones show nothing beyond. */
const leastCanvasPixels = 4096 ** 2;

/** Time without a change of the settings after which the work begins (ms). */
const restMs = 1200;

/** Work that is expected to take longer than this begins only once the photo is enlarged (ms). */
const patienceMs = 15_000;

/** A worker that makes one photo's picture with one method, kept for other lights. */
interface Workshop {
  readonly photo: OpenPhoto;
  readonly method: string | undefined;
  readonly enhancer: Promise<BrowserEnhancer>;
  analysed?: { readonly before: ImageBitmap; readonly scene: BrowserScene };
}

let workshop: Workshop | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;

/** Makes the picture at full size whenever the page is idle, in a worker of its own that leaves the slider free. */
export function refineWhenIdle(): void {
  effect(() => {
    const photo = current.value;
    const settings = photo?.settings.now.value;
    const isReady = photo?.activity.value === "ready" && isWorthwhile(photo);
    untracked(() => {
      clearTimeout(resting);
      if (workshop && (workshop.photo !== photo || workshop.method !== settings?.method)) stopRefining();
      if (photo && settings && isReady && fullSizePicture.value?.settings !== settings) {
        resting = setTimeout(() => void refine(photo, settings), restMs);
      }
    });
  });
}

/** Stops the work and frees its memory; a change of the settings starts it again. */
export function stopRefining(): void {
  const stopped = workshop;
  workshop = undefined;
  fullSizeProgress.value = undefined;
  void stopped?.enhancer.then((enhancer) => enhancer.close());
  fullSizePicture.value?.before.close();
  fullSizePicture.value?.after.close();
  fullSizePicture.value = undefined;
}

/** Finds an analysis of the whole photo with the method of its settings: the photo's own, or that of the workshop. */
export function fullSizeScene(photo: OpenPhoto): BrowserScene | undefined {
  const shown = photo.photo.peek();
  const isWhole = ({ width, height }: { readonly width: number; readonly height: number }) =>
    width === shown?.originalSize.width && height === shown.originalSize.height;
  // Without facts the scene is that of another method.
  if (shown && isWhole(shown) && photo.facts.peek()) return photo.scene.peek();
  const { photo: worked, method, analysed } = workshop ?? {};
  if (worked !== photo || method !== photo.settings.now.peek().method) return undefined;
  return analysed && isWhole(analysed.before) ? analysed.scene : undefined;
}

/** Whether the file holds more pixels than are shown, and showing them takes an acceptable time. */
function isWorthwhile({ photo, clip, analysisMs }: OpenPhoto): boolean {
  const shown = photo.value;
  if (!shown || clip) return false;
  const ratio = limitPixels(shown.originalSize) / (shown.width * shown.height);
  return ratio > 1.2 && (isZoomed.value || analysisMs.value * ratio < patienceMs);
}

/** Pixels of the picture: all of the photo, or as many as the device's memory allows. */
function limitPixels({ width, height }: { readonly width: number; readonly height: number }): number {
  const gigabytes = "deviceMemory" in navigator ? Number(navigator.deviceMemory) : assumedGigabytes;
  return Math.min(width * height, gigabytes * pixelsPerGigabyte, leastCanvasPixels);
}

async function refine(photo: OpenPhoto, settings: Settings): Promise<void> {
  const shown = photo.photo.value;
  if (!shown || fullSizeProgress.value !== undefined) return;
  workshop ??= { photo, method: settings.method, enhancer: openEnhancer({ modelsUrl }) };
  const mine = workshop;
  fullSizeProgress.value = 0;
  try {
    mine.analysed ??= await analyse(mine, limitPixels(shown.originalSize));
    const { before, scene } = mine.analysed;
    const facts = photo.facts.value ?? scene;
    const view = await scene.relight(deriveLightOptions(settings, facts));
    if (workshop !== mine) return view.bitmap.close();
    fullSizePicture.value?.after.close();
    fullSizePicture.value = { photo, settings, before, after: view.bitmap };
  } catch {
    // The smaller picture stays: only detail is missing. Saving the photo shows the error.
    if (workshop === mine) stopRefining();
  } finally {
    if (workshop === mine) {
      fullSizeProgress.value = undefined;
      const now = photo.settings.now.value;
      if (now !== settings) void refine(photo, now);
    }
  }
}

async function analyse(
  { photo, enhancer, method }: Workshop,
  maxPixels: number,
): Promise<NonNullable<Workshop["analysed"]>> {
  const read = await (await enhancer).read(photo.file, { maxPixels });
  const onProgress = (done: number) => {
    if (fullSizeProgress.value !== undefined) fullSizeProgress.value = 0.1 + 0.8 * done;
  };
  const scene = await read.analyse({ method, onProgress });
  read.close();
  return { before: read.view.bitmap, scene };
}
