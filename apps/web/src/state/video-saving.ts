import { openEnhancer, type SaveVideoOptions, type VideoContainer } from "@kindling/browser";
import { signal } from "@preact/signals";
import { words } from "../i18n/language.ts";
import { deriveLightOptions } from "./light-options.ts";
import { notify } from "./notices.ts";
import type { OpenPhoto } from "./open-photo.ts";
import { withoutPlace } from "./save-options.ts";
import { download, runSaving, saving } from "./saving.ts";
import { findMethod, modelsUrl } from "./studio.ts";

/** The container to save in; undefined for that of the video. */
export const videoContainer = signal<VideoContainer | undefined>(undefined);

/** How quickly a video is being saved; undefined while none is, and at its beginning. */
export const videoSpeed = signal<{ readonly framesPerSecond: number; readonly secondsLeft: number } | undefined>(
  undefined,
);

/** Time after which the browser has copied a download, and its file may go (ms). */
const copiedMs = 600_000;

/** Time before which a speed tells little (ms). */
const settledMs = 1000;

/** Lights a whole video by the settings of its frame and downloads it; the slider stays free meanwhile. */
export async function saveVideo(photo: OpenPhoto): Promise<void> {
  const { name } = photo.file;
  await runSaving(name, async (stopping) => {
    const settings = photo.settings.now.peek();
    const enhancer = await openEnhancer({ modelsUrl, signal: stopping });
    try {
      const video = await enhancer.openVideo(photo.file, { signal: stopping });
      const startedAt = performance.now();
      const onProgress = (done: number, frames: number) => {
        if (saving.peek()) saving.value = { name, done };
        const elapsed = performance.now() - startedAt;
        if (elapsed < settledMs || done === 0) return;
        const secondsLeft = (elapsed * (1 - done)) / done / 1000;
        videoSpeed.value = { framesPerSecond: (1000 * frames) / elapsed, secondsLeft };
      };
      const saved = await video.save({ ...deriveVideoOptions(photo), signal: stopping, onProgress });
      const file = new File([saved.file], `${name.replace(/\.[^.]+$/, "")}-kindled.${saved.container}`, {
        type: `video/${saved.container}`,
      });
      download(file);
      setTimeout(saved.close, copiedMs);
      photo.savedSettings.value = settings;
      const say = words.peek();
      if (saved.leftOut.includes("sound")) notify("error", say.video.noSound);
      notify("info", say.saved(file.name));
    } finally {
      videoSpeed.value = undefined;
      enhancer.close();
    }
  });
}

function deriveVideoOptions(photo: OpenPhoto): SaveVideoOptions {
  const settings = photo.settings.now.peek();
  const facts = photo.facts.peek() ?? findMethod(photo);
  const {
    mask: _,
    lightOutside: __,
    ...lighting
  } = facts ? deriveLightOptions({ ...settings, strokes: [] }, facts) : {};
  return {
    ...lighting,
    // Left to itself each frame finds its own light, which is then held; that of the frame shown may not suit the others.
    light: settings.light,
    method: settings.method,
    frame: settings.frame,
    container: videoContainer.peek(),
    withoutPlace: withoutPlace.peek(),
  };
}
