import { type BrowserEnhancer, type MapViews, type MethodSummary, openEnhancer } from "@kindling/browser";
import { computed, effect, signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { describeError } from "./describe-error.ts";
import { notify } from "./notices.ts";
import { type OpenPhoto, openPhoto } from "./open-photo.ts";

/** What the stage shows. */
export type ViewMode = "compare" | "result" | keyof MapViews | "methods";

/** Whether the pointer paints light instead of moving the photo. */
export const isPainting = signal(false);

/** Whether the photo is enlarged beyond the stage. */
export const isZoomed = signal(false);

/** Whether a magnifier follows the pointer. */
export const isMagnifying = signal(false);

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

/** Finds the method of a photo's settings; undefined until the enhancer's worker runs. */
export function findMethod(photo: OpenPhoto): MethodSummary | undefined {
  const wanted = photo.settings.now.value.method;
  return methods.value.find(({ name }) => name === wanted) ?? methods.value[0];
}

let enhancer: Promise<BrowserEnhancer> | undefined;

/** Opens the page's enhancer at the first call; later calls return the same. */
export function getEnhancer(): Promise<BrowserEnhancer> {
  if (!enhancer) {
    enhancer = openEnhancer({ modelsUrl });
    enhancer.then(
      (ready) => {
        methods.value = ready.methods;
      },
      () => {
        enhancer = undefined;
      },
    );
  }
  return enhancer;
}

/** Opens photo files and puts the first on the stage; files that cannot be read are closed again with a message. */
export function openFiles(files: Iterable<File>): void {
  const added = [...files].map((file) => {
    const photo = openPhoto(file, getEnhancer, current.peek()?.settings.now.peek().method);
    photo.error.subscribe((error) => {
      const text = error === undefined ? undefined : describeError(error, file.name);
      if (text === undefined) return;
      notify("error", text);
      // A photo that could not be read has nothing to show.
      if (!photo.photo.peek()) queueMicrotask(() => closePhoto(photo));
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

/** Closes a photo. */
export function closePhoto(photo: OpenPhoto): void {
  const at = photos.value.indexOf(photo);
  photos.value = photos.value.filter((other) => other !== photo);
  if (chosenId.value === photo.id) chosenId.value = photos.value[Math.min(at, photos.value.length - 1)]?.id ?? 0;
  photo.close();
}

/** Stops the activity of the photo on the stage. */
export function cancelCurrent(): void {
  const photo = current.peek();
  if (!photo) return;
  photo.cancel();
  notify("info", words.peek().cancelled);
  if (!photo.photo.peek()) closePhoto(photo);
}
