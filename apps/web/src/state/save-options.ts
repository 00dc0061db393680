import { defaultQuality, type PhotoFormat, writableFormats } from "@kindling/browser";
import { effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "../storage/preferences.ts";

/** Formats to save in; `keep` is the photo's own. */
export const saveFormats = ["keep", ...writableFormats] as const;

/** The formats as they are written in texts. */
export const formatNames: Readonly<Record<PhotoFormat, string>> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  avif: "AVIF",
  tiff: "TIFF",
};

/** Longest sides to save at (px); 0 is the photo's own. */
export const saveSides = [0, 4096, 2560, 1600, 1080] as const;

const keptFormat = saveFormats.find((name) => name === readPreference("format"));

/** The chosen format. */
export const saveFormat = signal<(typeof saveFormats)[number]>(keptFormat ?? "keep");

/** Quality of the lossy formats, 1 to 100. */
export const quality = signal(Number(readPreference("quality") ?? defaultQuality.jpeg));

/** Whether coordinates are removed from saved photos. */
export const withoutPlace = signal(readPreference("withoutPlace") === "true");

/** Whether methods that can be fast are so when they save: the picture on the screen stays as it is. */
export const isQuick = signal(readPreference("quick") === "true");

/** The chosen longest side; not kept, because a small one that is forgotten would cost pixels later. */
export const saveSide = signal<number>(0);

effect(() => {
  writePreference("format", saveFormat.value);
  writePreference("quality", String(quality.value));
  writePreference("quick", String(isQuick.value));
  writePreference("withoutPlace", String(withoutPlace.value));
});
