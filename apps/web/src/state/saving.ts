import { defaultQuality, enhancePhoto, KindlingError, type SavedPhoto, writableFormats } from "@kindling/browser";
import { effect, signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { readPreference, writePreference } from "../storage/preferences.ts";
import { describeError } from "./describe-error.ts";
import { deriveLightOptions } from "./light-options.ts";
import { notify } from "./notices.ts";
import type { OpenPhoto } from "./open-photo.ts";
import { findMethod, modelsUrl } from "./studio.ts";

/** Formats to save in; `keep` is the photo's own. */
export const saveFormats = ["keep", ...writableFormats] as const;

const keptFormat = saveFormats.find((name) => name === readPreference("format"));

/** The chosen format. */
export const saveFormat = signal<(typeof saveFormats)[number]>(keptFormat ?? "keep");

/** Quality of the lossy formats, 1 to 100. */
export const quality = signal(Number(readPreference("quality") ?? defaultQuality.jpeg));

/** Whether coordinates are removed from saved photos. */
export const withoutPlace = signal(readPreference("withoutPlace") === "true");

effect(() => {
  writePreference("format", saveFormat.value);
  writePreference("quality", String(quality.value));
  writePreference("withoutPlace", String(withoutPlace.value));
});

/** Name of the photo that is being saved, and the share that is done; undefined while none is. */
export const saving = signal<{ readonly name: string; readonly done: number } | undefined>(undefined);

let stopping = new AbortController();

/** Stops saving and frees its memory. */
export function cancelSaving(): void {
  stopping.abort();
}

/** Enhances a photo at full size and downloads it. */
export async function savePhoto(photo: OpenPhoto): Promise<void> {
  await runSaving(photo.file.name, async (signal) => {
    const { bytes, format, leftOut } = await enhanceAtFullSize(photo, 0, 1, signal);
    const name = nameResult(photo.file.name, format);
    download(new Blob([bytes], { type: `image/${format}` }), name);
    notify("info", words.peek().saved(name));
    if (leftOut.length > 0) notify("error", words.peek().leftOut(leftOut.join(", ")));
  });
}

/** Enhances all photos at full size and downloads them as one zip. */
export async function saveAllPhotos(photos: readonly OpenPhoto[]): Promise<void> {
  const [first] = photos;
  if (!first) return;
  await runSaving(first.file.name, async (signal) => {
    const { downloadZip } = await import("client-zip");
    const taken = new Set<string>();
    async function* results() {
      for (const [i, photo] of photos.entries()) {
        const { bytes, format } = await enhanceAtFullSize(photo, i / photos.length, (i + 1) / photos.length, signal);
        const name = chooseFreeName(nameResult(photo.file.name, format), taken);
        yield { name, input: bytes, lastModified: new Date() };
      }
    }
    const zip = await downloadZip(results()).blob();
    download(zip, "kindling.zip");
    notify("info", words.peek().saved("kindling.zip"));
  });
}

async function runSaving(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (saving.peek()) return;
  stopping = new AbortController();
  saving.value = { name, done: 0 };
  try {
    await work(stopping.signal);
  } catch (error) {
    // The photo itself was read before: only the format to write can be unsupported.
    const isFormat = error instanceof KindlingError && error.code === "unsupported";
    const text = isFormat ? words.peek().cannotWrite : describeError(error, name);
    notify(text ? "error" : "info", text ?? words.peek().cancelled);
  } finally {
    saving.value = undefined;
  }
}

/** Enhances a photo in a worker of its own; its progress counts as the part `from` to `to` of the saving. */
function enhanceAtFullSize(photo: OpenPhoto, from: number, to: number, signal: AbortSignal): Promise<SavedPhoto> {
  const { name } = photo.file;
  const settings = photo.settings.now.peek();
  // A method that has not analysed the photo yet: what it can do is known all the same.
  const facts = photo.facts.peek() ?? findMethod(photo);
  const format = saveFormat.peek();
  return enhancePhoto(photo.file, {
    name,
    modelsUrl,
    method: settings.method,
    ...(facts && deriveLightOptions(settings, facts)),
    ...(format !== "keep" && { format }),
    quality: quality.peek(),
    withoutPlace: withoutPlace.peek(),
    signal,
    onProgress: (done) => {
      if (saving.peek()) saving.value = { name, done: from + (to - from) * done };
    },
  });
}

function nameResult(name: string, format: string): string {
  const extension = format === "jpeg" ? "jpg" : format;
  return `${name.replace(/\.[^.]+$/, "")}-kindled.${extension}`;
}

/** Appends a number to names that are taken: photos of several cameras often have the same name. */
function chooseFreeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = name.replace(/(\.[^.]+)$/, `-${i}$1`);
  taken.add(free);
  return free;
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // By then the download has started, however slow the disk.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
