import { type BrowserEnhancer, type MethodSummary, openEnhancer } from "@kindling/browser";
import { computed, effect, signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { tell } from "./notices.ts";
import { type OpenPhoto, openPhoto } from "./open-photo.ts";
import { troubleOf } from "./trouble.ts";

/** How the photo is looked at. */
export type ViewMode = "compare" | "result" | "reflectance" | "illumination" | "methods";

/** Whether the pointer paints light instead of moving the photo. */
export const isPainting = signal(false);

/** Whether the photo is looked at closer than it fits the screen. */
export const isZoomed = signal(false);

/** Whether a magnifier follows the pointer. */
export const isMagnifying = signal(false);

/** The photos on the page. */
export const photos = signal<readonly OpenPhoto[]>([]);

const chosenId = signal(0);

/** Photos that are held ready to go back to, the one on the stage included. */
const mostAwake = 3;

/** Numbers of the photos that were on the stage, the latest first. */
let recent: readonly number[] = [];

/** The photo on the stage; nothing before the first is opened. */
export const current = computed<OpenPhoto | undefined>(
  () => photos.value.find(({ id }) => id === chosenId.value) ?? photos.value[0],
);

effect(() => {
  const id = current.value?.id;
  if (id === undefined) return;
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, mostAwake);
  for (const photo of photos.value) photo.isAwake.value = recent.includes(photo.id);
});

/** How it is looked at. */
export const viewMode = signal<ViewMode>("compare");

/** Folder of the networks' files. */
export const modelsUrl = new URL("models/", document.baseURI).href;

/** The methods there are, as soon as the worker has told. */
export const methods = signal<readonly MethodSummary[]>([]);

/** The method a photo is worked on with; nothing before the worker has told which there are. */
export function methodOf(photo: OpenPhoto): MethodSummary | undefined {
  const wanted = photo.settings.now.value.method;
  return methods.value.find(({ name }) => name === wanted) ?? methods.value[0];
}

let enhancer: Promise<BrowserEnhancer> | undefined;

/** The worker behind the page, started when it is first needed. */
export function theEnhancer(): Promise<BrowserEnhancer> {
  if (!enhancer) {
    enhancer = openEnhancer({ modelsUrl });
    enhancer.then(
      (opened) => {
        methods.value = opened.methods;
      },
      () => {
        enhancer = undefined;
      },
    );
  }
  return enhancer;
}

/** Opens photo files; what is no picture at all is told and left out. */
export function openFiles(files: Iterable<File>): void {
  const opened = [...files].map((file) => {
    const photo = openPhoto(file, theEnhancer, current.peek()?.settings.now.peek().method);
    photo.error.subscribe((error) => {
      const trouble = error === undefined ? undefined : troubleOf(error, file.name);
      if (trouble === undefined) return;
      tell("trouble", trouble);
      // What could not even be read is nothing to look at.
      if (!photo.photo.peek()) queueMicrotask(() => closePhoto(photo));
    });
    return photo;
  });
  if (opened.length === 0) return;
  photos.value = [...photos.value, ...opened];
  chosenId.value = opened[0]?.id ?? 0;
  viewMode.value = "compare";
}

/** Brings a photo onto the stage. */
export function choosePhoto(photo: OpenPhoto): void {
  chosenId.value = photo.id;
}

/** Takes a photo off the page. */
export function closePhoto(photo: OpenPhoto): void {
  const at = photos.value.indexOf(photo);
  photos.value = photos.value.filter((other) => other !== photo);
  if (chosenId.value === photo.id) chosenId.value = photos.value[Math.min(at, photos.value.length - 1)]?.id ?? 0;
  photo.close();
}

/** Stops what is being done for the photo on the stage. */
export function cancelCurrent(): void {
  const photo = current.peek();
  if (!photo) return;
  photo.cancel();
  tell("news", words.peek().cancelled);
  if (!photo.photo.peek()) closePhoto(photo);
}
