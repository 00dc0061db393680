import { enhancePhoto, type SavedPhoto, type SaveOptions, type WritableFormat } from "@kindling/browser";
import { fullSizeScene } from "./full-size-picture.ts";
import { deriveLightOptions } from "./light-options.ts";
import type { OpenPhoto } from "./open-photo.ts";
import { isQuick, quality, saveFormat, saveSide, withoutPlace } from "./save-options.ts";
import { findMethod, modelsUrl } from "./studio.ts";

/** How a photo is saved: by its settings and the options of the page. */
export function deriveSaveOptions(photo: OpenPhoto): SaveOptions {
  const settings = photo.settings.now.value;
  // A method that has not analysed the photo yet: what it can do is known all the same.
  const facts = photo.facts.value ?? findMethod(photo);
  return {
    ...(facts && deriveLightOptions(settings, facts)),
    ...(saveFormat.value !== "keep" && { format: saveFormat.value }),
    ...(saveSide.value > 0 && { maxSidePx: saveSide.value }),
    frame: settings.frame,
    quality: quality.value,
    withoutPlace: withoutPlace.value,
  };
}

/**
 * Makes a photo's file at full size: from an analysis that was made at full size for the screen, where there is one, else in
 * a worker of its own.
 */
export function writeResult(
  photo: OpenPhoto,
  following: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
  format?: WritableFormat,
): Promise<SavedPhoto> {
  const options = { ...deriveSaveOptions(photo), ...(format && { format }), ...following };
  const analysed = fullSizeScene(photo);
  if (analysed) return analysed.save(options);
  const { method } = photo.settings.now.peek();
  const settings = isQuick.peek() && canBeFast(photo) ? { fast: 1 } : {};
  return enhancePhoto(photo.file, { name: photo.file.name, modelsUrl, method, settings, ...options });
}

/** Whether the method of a photo can be fast. */
export function canBeFast(photo: OpenPhoto): boolean {
  return findMethod(photo)?.options["fast"] !== undefined;
}
