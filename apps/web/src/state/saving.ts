import { KindlingError, type SavedPhoto } from "@kindling/browser";
import { signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { describeError, describeInList } from "./describe-error.ts";
import { notify } from "./notices.ts";
import type { OpenPhoto } from "./open-photo.ts";
import type { Settings } from "./settings.ts";
import { writeResult } from "./write-result.ts";

/** Name of the photo that is being saved, and the share that is done; undefined while none is. */
export const saving = signal<{ readonly name: string; readonly done: number } | undefined>(undefined);

/** The file that was made last, to be dragged out of the page; undefined before. */
export const lastResult = signal<
  { readonly photo: OpenPhoto; readonly settings: Settings; readonly file: File; readonly url: string } | undefined
>(undefined);

let stopping = new AbortController();

/** Stops saving and frees its memory. */
export function cancelSaving(): void {
  stopping.abort();
}

/** Enhances a photo at full size and downloads it. */
export async function savePhoto(photo: OpenPhoto): Promise<void> {
  const file = await makeFile(photo);
  if (!file) return;
  download(file);
  notify("info", words.peek().saved(file.name));
}

/** Enhances a photo at full size and hands it to another app; on phones that is how it comes among the photos. */
export async function sharePhoto(photo: OpenPhoto): Promise<void> {
  const file = await makeFile(photo);
  if (!file) return;
  const say = words.peek();
  const share = () =>
    navigator.share({ files: [file] }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") return;
      // The press of the button is long over where the work was: the browser wants another.
      notify("info", say.shareReady, { stays: true, action: { label: say.share, act: () => void share() } });
    });
  await share();
}

/** Copies a photo at full size to the clipboard, as PNG: the one kind that all programs take. */
export async function copyPhoto(photo: OpenPhoto): Promise<void> {
  const say = words.peek();
  const made = makeFile(photo, "png").then((file) => {
    if (file) return file as Blob;
    throw new KindlingError("cancelled", "Nothing was copied.");
  });
  try {
    // Given as a promise, it counts as done at the press of the button.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
    notify("info", say.copied);
  } catch {
    // If making the file failed, the failure is already shown.
    const file = await made.catch(() => undefined);
    if (file) notify("error", say.notCopied);
  }
}

/** Enhances all photos at full size and downloads those that succeed as one zip; shows which failed, and why. */
export async function saveAllPhotos(photos: readonly OpenPhoto[]): Promise<void> {
  const [first] = photos;
  if (!first) return;
  await runSaving(first.file.name, async (signal) => {
    const { downloadZip } = await import("client-zip");
    const taken = new Set<string>();
    const failed: string[] = [];
    const written = new Map<OpenPhoto, Settings>();
    const lost = new Set<SavedPhoto["leftOut"][number]>();
    async function* results() {
      for (const [i, photo] of photos.entries()) {
        const { name } = photo.file;
        const onProgress = (done: number) => {
          if (saving.peek()) saving.value = { name, done: (i + done) / photos.length };
        };
        const settings = photo.settings.now.peek();
        try {
          const { bytes, format, leftOut } = await writeResult(photo, { signal, onProgress });
          for (const part of leftOut) lost.add(part);
          written.set(photo, settings);
          yield { name: chooseFreeName(nameResult(name, format), taken), input: bytes, lastModified: new Date() };
        } catch (error) {
          if (signal.aborted) throw error;
          failed.push(describeInList(error, name) ?? name);
        }
      }
    }
    const zip = await downloadZip(results()).blob();
    const say = words.peek();
    if (written.size > 0) {
      download(new File([zip], "kindling.zip"));
      for (const [photo, settings] of written) photo.savedSettings.value = settings;
    }
    tellLosses([...lost]);
    if (failed.length === 0) notify("info", say.saved("kindling.zip"));
    else notify("error", say.zipPartly(written.size, failed.length), { details: failed });
  });
}

/** Makes a photo's file in the chosen format or another; undefined if that failed; the failure is then shown. */
async function makeFile(photo: OpenPhoto, format?: "png"): Promise<File | undefined> {
  const { name } = photo.file;
  return runSaving(name, async (signal) => {
    const settings = photo.settings.now.peek();
    const onProgress = (done: number) => {
      if (saving.peek()) saving.value = { name, done };
    };
    const made = await writeResult(photo, { signal, onProgress }, format);
    const file = toFile(name, made);
    photo.savedSettings.value = settings;
    if (lastResult.peek()) URL.revokeObjectURL(lastResult.peek()?.url ?? "");
    lastResult.value = { photo, settings, file, url: URL.createObjectURL(file) };
    tellLosses(made.leftOut);
    return file;
  });
}

/** Tells what the format could not keep of the photo, or of any of several. */
function tellLosses(lost: SavedPhoto["leftOut"]): void {
  const { leftOut, parts } = words.peek();
  if (lost.length > 0) notify("error", leftOut(lost.map((part) => parts[part]).join(", ")));
}

/** Runs the one work of saving that there may be at a time; undefined where it failed, which is then shown. */
export async function runSaving<Value>(
  name: string,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | undefined> {
  if (saving.peek()) return undefined;
  stopping = new AbortController();
  saving.value = { name, done: 0 };
  try {
    return await work(stopping.signal);
  } catch (error) {
    const text = describeError(error, name);
    notify(text ? "error" : "info", text ?? words.peek().cancelled);
    return undefined;
  } finally {
    saving.value = undefined;
  }
}

function toFile(name: string, { bytes, format }: SavedPhoto): File {
  return new File([bytes], nameResult(name, format), { type: `image/${format}` });
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

/** Hands a file to the browser as a download. */
export function download(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // By then the download has started, however slow the disk.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
