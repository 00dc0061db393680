import type { FollowOptions } from "@kindling/core";
import { type BrowserEnhancerOptions, openEnhancer } from "./open-enhancer.ts";
import type { SavedPhoto, SaveOptions, SceneOptions } from "./worker/worker-api.ts";

/** How a photo is enhanced and saved. */
export interface EnhancePhotoOptions extends BrowserEnhancerOptions, SceneOptions, SaveOptions, FollowOptions {
  /** Name of the file, for error messages. */
  readonly name?: string | undefined;
}

/**
 * Enhances a photo file at full size in a worker of its own, which ends with this call and so frees all of its memory.
 *
 * @throws {KindlingError} what reading, analysing and saving throw.
 * @example
 * const { bytes } = await enhancePhoto(photoFile, { method: "lime", light: 2, format: "jpeg", signal });
 * const url = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
 */
export async function enhancePhoto(file: Blob, options: EnhancePhotoOptions = {}): Promise<SavedPhoto> {
  const { name, worker, device, modelsUrl, signal, onProgress, ...enhancing } = options;
  const enhancer = await openEnhancer({ worker, device, modelsUrl, signal });
  try {
    return await enhancer.enhance(file, { name, signal, onProgress, ...enhancing });
  } finally {
    enhancer.close();
  }
}
