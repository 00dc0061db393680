import { type BrowserEnhancer, type BrowserScene, openEnhancer } from "@kindling/browser";
import { effect, signal, untracked } from "@preact/signals";
import { lightOptionsOf } from "./light-options.ts";
import type { OpenPhoto } from "./open-photo.ts";
import type { Settings } from "./settings.ts";
import { current, isZoomed, modelsUrl } from "./studio.ts";

/** The photo on the stage at full size, or as near to it as the memory allows. */
export interface FullSize {
  readonly photo: OpenPhoto;
  /** What it was lit by: with others it no longer holds. */
  readonly settings: Settings;
  readonly before: ImageBitmap;
  readonly after: ImageBitmap;
}

/** The latest picture at full size. */
export const fullSize = signal<FullSize | undefined>(undefined);

/** Share of it that is done while it is being made. */
export const fullSizeProgress = signal<number | undefined>(undefined);

/** Pixels for each gigabyte that the device tells of: the floats in between take ten times as many bytes. */
const pixelsPerGigabyte = 1.5e6;
const assumedGigabytes = 4;

/** A hand that rests so long has found its light (ms). */
const restMs = 1200;

/** Work that is expected to take longer than this begins only when somebody looks closer (ms). */
const patienceMs = 15_000;

interface Workshop {
  readonly photo: OpenPhoto;
  readonly method: string | undefined;
  readonly enhancer: Promise<BrowserEnhancer>;
  scene?: { readonly before: ImageBitmap; readonly lit: BrowserScene };
}

let workshop: Workshop | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;

/** Makes the picture at full size whenever nothing else is to do, in a worker of its own that leaves the slider free. */
export function refineWhenIdle(): void {
  effect(() => {
    const photo = current.value;
    const settings = photo?.settings.now.value;
    const isReady = photo?.activity.value === "ready" && isWorthwhile(photo);
    untracked(() => {
      clearTimeout(resting);
      if (workshop && (workshop.photo !== photo || workshop.method !== settings?.method)) stopRefining();
      if (photo && settings && isReady && fullSize.value?.settings !== settings) {
        resting = setTimeout(() => void refine(photo, settings), restMs);
      }
    });
  });
}

/** Ends it and frees its memory, until the settings change again. */
export function stopRefining(): void {
  const ended = workshop;
  workshop = undefined;
  fullSizeProgress.value = undefined;
  void ended?.enhancer.then((enhancer) => enhancer.close());
  fullSize.value?.before.close();
  fullSize.value?.after.close();
  fullSize.value = undefined;
}

/** Whether the file holds more than is shown, and it can be had in a time worth waiting for. */
function isWorthwhile({ photo, analysisMs }: OpenPhoto): boolean {
  const shown = photo.value;
  if (!shown) return false;
  const ratio = targetPixels(shown.fullSize) / (shown.width * shown.height);
  return ratio > 1.2 && (isZoomed.value || analysisMs.value * ratio < patienceMs);
}

function targetPixels({ width, height }: { readonly width: number; readonly height: number }): number {
  const gigabytes = "deviceMemory" in navigator ? Number(navigator.deviceMemory) : assumedGigabytes;
  return Math.min(width * height, gigabytes * pixelsPerGigabyte);
}

async function refine(photo: OpenPhoto, settings: Settings): Promise<void> {
  const shown = photo.photo.value;
  if (!shown || fullSizeProgress.value !== undefined) return;
  workshop ??= { photo, method: settings.method, enhancer: openEnhancer({ modelsUrl }) };
  const mine = workshop;
  fullSizeProgress.value = 0;
  try {
    mine.scene ??= await opened(photo, mine, targetPixels(shown.fullSize));
    const facts = photo.facts.value ?? mine.scene.lit;
    const view = await mine.scene.lit.relight(lightOptionsOf(settings, facts));
    if (workshop !== mine) return view.bitmap.close();
    fullSize.value?.after.close();
    fullSize.value = { photo, settings, before: mine.scene.before, after: view.bitmap };
  } catch {
    // The smaller picture stays: nothing is lost but detail. Saving tells what is wrong.
    if (workshop === mine) stopRefining();
  } finally {
    if (workshop === mine) {
      fullSizeProgress.value = undefined;
      const now = photo.settings.now.value;
      if (now !== settings) void refine(photo, now);
    }
  }
}

async function opened(
  photo: OpenPhoto,
  { enhancer, method }: Workshop,
  maxPixels: number,
): Promise<NonNullable<Workshop["scene"]>> {
  const read = await (await enhancer).read(photo.file, { maxPixels });
  const onProgress = (done: number) => {
    if (fullSizeProgress.value !== undefined) fullSizeProgress.value = 0.1 + 0.8 * done;
  };
  const lit = await read.analyse({ method, onProgress });
  read.close();
  return { before: read.view.bitmap, lit };
}
