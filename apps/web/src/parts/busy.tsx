import { X } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { fullSizeProgress, stopRefining } from "../state/full-size-picture.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { cancelCurrent } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";

/** The activity of the photo, its progress, and a button that stops it or tries again. */
export function Busy({ photo }: { photo: OpenPhoto }): JSX.Element {
  const activity = photo.activity.value;
  const isBusy = activity === "reading" || activity === "analysing";
  const say = words.value;
  const what = activity === "reading" ? say.reading : activity === "analysing" ? say.analysing : "";
  const progress = photo.progress.value;
  return (
    <div class="busy" data-busy={isBusy}>
      <p class="only-heard" role="status">
        {isBusy ? what : activity === "ready" ? say.ready : ""}
      </p>
      {isBusy && (
        <div class="busy-card">
          <span>{what}</span>
          <progress
            max={100}
            {...(progress !== undefined && { value: Math.round(100 * progress) })}
            aria-label={what}
          />
          <IconButton icon={X} label={say.cancel} onClick={cancelCurrent} />
        </div>
      )}
      {!isBusy && fullSizeProgress.value !== undefined && (
        <div class="busy-card">
          <span>{say.refining}</span>
          <progress max={1} value={fullSizeProgress.value} aria-label={say.refining} />
          <IconButton icon={X} label={say.cancel} onClick={stopRefining} />
        </div>
      )}
      {(activity === "idle" || activity === "failed") && (
        <div class="busy-card">
          <button type="button" class="plain-button" onClick={() => photo.retry()}>
            {say.again}
          </button>
        </div>
      )}
    </div>
  );
}
