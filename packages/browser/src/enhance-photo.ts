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
  const { name, worker, device, modelsUrl, method, signal, onProgress, ...saving } = options;
  const enhancer = await openEnhancer({ worker, device, modelsUrl, signal });
  try {
    const photo = await enhancer.read(file, { name, signal });
    onProgress?.(0.1);
    const analysing = onProgress && ((done: number) => onProgress(0.1 + 0.7 * done));
    const scene = await photo.analyse({ method, signal, onProgress: analysing });
    const writing = onProgress && ((done: number) => onProgress(0.8 + 0.1 * done));
    const saved = await scene.save({ ...saving, signal, onProgress: writing });
    onProgress?.(1);
    return saved;
  } finally {
    enhancer.close();
  }
}
