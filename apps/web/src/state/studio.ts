import {
  type BrowserEnhancer,
  canEnhanceVideos,
  isVideoFile,
  type MapViews,
  type MethodSummary,
  openEnhancer,
} from "@kindling/browser";
import { computed, effect, signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { describeError } from "./describe-error.ts";
import { isFault } from "./inspect-photo.ts";
import { notify } from "./notices.ts";
import { type OpenPhoto, openPhoto } from "./open-photo.ts";
import type { Settings } from "./settings.ts";

/** What the stage shows. */
export type ViewMode = "compare" | "result" | keyof MapViews | "methods" | "frame";

/** Whether the pointer paints light instead of moving the photo. */
export const isPainting = signal(false);

/** Whether the photo is enlarged beyond the stage. */
export const isZoomed = signal(false);

/** Whether a magnifier follows the pointer. */
export const isMagnifying = signal(false);

/** Whether the photo is shown as it was, while a button or key is held. */
export const isHoldingOriginal = signal(false);

/** The photos on the page. */
export const photos = signal<readonly OpenPhoto[]>([]);

const chosenId = signal(0);

/** Number of photos that stay awake, the one on the stage included. */
const maxAwake = 3;

/** Ids of the photos that were on the stage, the latest first. */
let recent: readonly number[] = [];

/** The photo on the stage; undefined while none is open. */
export const current = computed<OpenPhoto | undefined>(
  () => photos.value.find(({ id }) => id === chosenId.value) ?? photos.value[0],
);

effect(() => {
  const id = current.value?.id;
  if (id === undefined) return;
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, maxAwake);
  for (const photo of photos.value) photo.isAwake.value = recent.includes(photo.id);
});

/** The current view. */
export const viewMode = signal<ViewMode>("compare");

/** URL of the folder of the networks' files. */
export const modelsUrl = new URL("models/", document.baseURI).href;

/** The methods of the enhancer; none until its worker runs. */
export const methods = signal<readonly MethodSummary[]>([]);

/** The quickest method worth using while networks cannot be fetched. */
export const quickMethod = computed(() => methods.value.find(({ isNetwork }) => !isNetwork));

/** Finds the method of a photo's settings; undefined until the enhancer's worker runs. */
export function findMethod(photo: OpenPhoto): MethodSummary | undefined {
  return summaryOf(photo.settings.now.value.method);
}

function summaryOf(wanted: string | undefined): MethodSummary | undefined {
  return methods.value.find(({ name }) => name === wanted) ?? methods.value[0];
}

let enhancer: Promise<BrowserEnhancer> | undefined;

/** Opens the page's enhancer at the first call; later calls return the same. */
export function getEnhancer(): Promise<BrowserEnhancer> {
  if (!enhancer) {
    const opening = openEnhancer({ modelsUrl });
    enhancer = opening;
    opening.then(
      (ready) => {
        methods.value = ready.methods;
      },
      () => {
        if (enhancer === opening) enhancer = undefined;
      },
    );
  }
  return enhancer;
}

/** Ends the enhancer's worker; a new one takes the photos. Modules of a worker remember that they could not be fetched. */
function replaceEnhancer(): void {
  void enhancer?.then(({ close }) => close()).catch(() => undefined);
  enhancer = undefined;
  for (const photo of photos.peek()) photo.renew();
}

/** Repeats what failed or was cancelled for the photo on the stage. */
export function retryCurrent(): void {
  const photo = current.peek();
  if (photo?.error.peek() !== undefined) replaceEnhancer();
  else photo?.retry();
}

/** Opens photo files and puts the first on the stage; files that cannot be read are closed again with one message. */
export function openFiles(files: Iterable<File>): void {
  const given = [...files];
  const all = given.filter((file) => canEnhanceVideos() || !isVideoFile(file));
  for (const { name } of given.filter((file) => !all.includes(file))) {
    notify("error", words.peek().video.needsWebCodecs(name));
  }
  const failed: string[] = [];
  const reject = (photo: OpenPhoto, error: unknown) => {
    const text = describeError(error, photo.file.name);
    if (text === undefined || !photos.peek().includes(photo)) return;
    failed.push(text);
    removePhoto(photo);
    photo.close();
    const say = words.peek();
    const topic = `files-${all[0]?.name}-${all.length}`;
    if (failed.length === 1) notify("error", text, { topic });
    else notify("error", say.failedFiles(failed.length, all.length), { topic, details: failed });
  };
  const added = all.map((file) => {
    const isSlow = (method: string | undefined) => summaryOf(method)?.isNetwork ?? false;
    const photo = openPhoto(file, getEnhancer, current.peek()?.settings.now.peek().method, isSlow);
    photo.fault.subscribe((error) => {
      if (error !== undefined) queueMicrotask(() => reject(photo, error));
    });
    photo.error.subscribe((error) => {
      // A photo that could not be read has nothing to show; other failures are told on the stage.
      if (error !== undefined && isFault(error) && !photo.photo.peek()) queueMicrotask(() => reject(photo, error));
    });
    return photo;
  });
  if (added.length === 0) return;
  photos.value = [...photos.value, ...added];
  chosenId.value = added[0]?.id ?? 0;
  viewMode.value = "compare";
}

/** Puts a photo on the stage. */
export function choosePhoto(photo: OpenPhoto): void {
  chosenId.value = photo.id;
}

/** The photo that was closed last, until it can no longer be brought back. */
let closed: OpenPhoto | undefined;

/** Closes a photo; a message offers to bring it back with its settings. */
export function closePhoto(photo: OpenPhoto): void {
  const at = photos.peek().indexOf(photo);
  if (at < 0) return;
  closed?.close();
  closed = photo;
  removePhoto(photo);
  photo.isAwake.value = false;
  const say = words.peek();
  const bringBack = () => {
    if (closed !== photo) return;
    closed = undefined;
    photos.value = photos.value.toSpliced(at, 0, photo);
    chosenId.value = photo.id;
  };
  notify("info", say.closed(photo.file.name), { topic: "closed", action: { label: say.bringBack, act: bringBack } });
}

function removePhoto(photo: OpenPhoto): void {
  const at = photos.value.indexOf(photo);
  photos.value = photos.value.filter((other) => other !== photo);
  if (chosenId.value === photo.id) chosenId.value = photos.value[Math.min(at, photos.value.length - 1)]?.id ?? 0;
}

/** Gives all photos the settings of one, but for what belongs to its picture alone: strokes and frame. */
export function applyToAll({ settings }: OpenPhoto): void {
  const { strokes: _, frame: __, ...common } = settings.now.peek();
  for (const photo of photos.peek()) changeSettings(photo, common);
  notify("info", words.peek().appliedAll(photos.peek().length));
}

/** Changes some settings of a photo as one step; what they are already is no step. */
export function changeSettings(photo: OpenPhoto, change: Partial<Settings>): void {
  const now = photo.settings.now.peek();
  const isOther = Object.entries(change).some(([name, value]) => now[name as keyof Settings] !== value);
  photo.settings.settle(isOther ? { ...now, ...change } : undefined);
}

/** Stops the activity of the photo on the stage. */
export function cancelCurrent(): void {
  const photo = current.peek();
  if (!photo) return;
  photo.cancel();
  notify("info", words.peek().cancelled);
  if (photo.photo.peek()) return;
  removePhoto(photo);
  photo.close();
}
