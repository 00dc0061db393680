import { enhancePhoto, KindlingError, type SavedPhoto } from "@kindling/browser";
import { effect, signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { lightOptionsOf } from "./light-options.ts";
import { tell } from "./notices.ts";
import type { OpenPhoto } from "./open-photo.ts";
import { readPreference, writePreference } from "./preferences.ts";
import { modelsUrl } from "./studio.ts";
import { troubleOf } from "./trouble.ts";

/** Formats a photo can be saved in; `keep` is the one it came in. */
export const saveFormats = ["keep", "jpeg", "png", "webp", "avif"] as const;

const keptFormat = saveFormats.find((name) => name === readPreference("format"));

/** The format to save in. */
export const saveFormat = signal<(typeof saveFormats)[number]>(keptFormat ?? "keep");

/** Quality of the formats that lose something, 1 to 100. */
export const quality = signal(Number(readPreference("quality") ?? 92));

/** Whether coordinates are left out of what is saved. */
export const withoutPlace = signal(readPreference("withoutPlace") === "true");

effect(() => {
  writePreference("format", saveFormat.value);
  writePreference("quality", String(quality.value));
  writePreference("withoutPlace", String(withoutPlace.value));
});

/** What is being saved, and the share of it that is done; nothing while nothing is. */
export const saving = signal<{ readonly name: string; readonly done: number } | undefined>(undefined);

let stopping = new AbortController();

/** Stops saving and frees the memory it took. */
export function cancelSaving(): void {
  stopping.abort();
}

/** Makes the result at full size and hands it to the browser as a download. */
export async function savePhoto(photo: OpenPhoto): Promise<void> {
  await whileSaving(photo.file.name, async (signal) => {
    const { bytes, format, leftOut } = await fullSize(photo, 0, 1, signal);
    const name = resultName(photo.file.name, format);
    download(new Blob([bytes], { type: `image/${format}` }), name);
    tell("news", words.peek().saved(name));
    if (leftOut.length > 0) tell("trouble", words.peek().leftOut(leftOut.join(", ")));
  });
}

/** The same of all photos, as one zip. */
export async function saveAll(photos: readonly OpenPhoto[]): Promise<void> {
  const [first] = photos;
  if (!first) return;
  await whileSaving(first.file.name, async (signal) => {
    const { downloadZip } = await import("client-zip");
    const taken = new Set<string>();
    async function* results() {
      for (const [i, photo] of photos.entries()) {
        const { bytes, format } = await fullSize(photo, i / photos.length, (i + 1) / photos.length, signal);
        const name = freeName(resultName(photo.file.name, format), taken);
        yield { name, input: bytes, lastModified: new Date() };
      }
    }
    const zip = await downloadZip(results()).blob();
    download(zip, "kindling.zip");
    tell("news", words.peek().saved("kindling.zip"));
  });
}

async function whileSaving(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (saving.peek()) return;
  stopping = new AbortController();
  saving.value = { name, done: 0 };
  try {
    await work(stopping.signal);
  } catch (error) {
    // The photo itself was read before: only the format can be what is not known.
    const isFormat = error instanceof KindlingError && error.code === "unsupported";
    const trouble = isFormat ? words.peek().cannotWrite : troubleOf(error, name);
    tell(trouble ? "trouble" : "news", trouble ?? words.peek().cancelled);
  } finally {
    saving.value = undefined;
  }
}

/** The result at full size, in a worker of its own, as the part `from` to `to` of what is being saved. */
function fullSize(photo: OpenPhoto, from: number, to: number, signal: AbortSignal): Promise<SavedPhoto> {
  const { name } = photo.file;
  const settings = photo.settings.now.peek();
  const facts = photo.facts.peek();
  const format = saveFormat.peek();
  return enhancePhoto(photo.file, {
    name,
    modelsUrl,
    method: settings.method,
    ...(facts && lightOptionsOf(settings, facts)),
    ...(format !== "keep" && { format }),
    quality: quality.peek(),
    withoutPlace: withoutPlace.peek(),
    signal,
    onProgress: (done) => {
      if (saving.peek()) saving.value = { name, done: from + (to - from) * done };
    },
  });
}

function resultName(name: string, format: string): string {
  const extension = format === "jpeg" ? "jpg" : format;
  return `${name.replace(/\.[^.]+$/, "")}-kindled.${extension}`;
}

/** Photos of several cameras are often called alike. */
function freeName(name: string, taken: Set<string>): string {
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
  // The browser has taken it by then, however slow the disk.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
