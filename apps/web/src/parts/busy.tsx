import { X } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { fullSizeProgress, stopRefining } from "../state/full-size.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { cancelCurrent } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";

/** What is being done for the photo, how far it is, and the way to stop it. */
export function Busy({ photo }: { photo: OpenPhoto }): JSX.Element {
  const activity = photo.activity.value;
  const isBusy = activity === "reading" || activity === "analysing";
  const say = words.value;
  const what = activity === "reading" ? say.reading : activity === "analysing" ? say.analysing : "";
  const percent = Math.round(100 * photo.progress.value);
  return (
    <div class="busy" data-busy={isBusy}>
      <p class="only-heard" role="status">
        {isBusy ? what : activity === "ready" ? say.ready : ""}
      </p>
      {isBusy && (
        <div class="busy-card">
          <span>{what}</span>
          <progress max={100} {...(activity === "analysing" && { value: percent })} aria-label={what} />
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
      {(activity === "cancelled" || activity === "failed") && (
        <div class="busy-card">
          <button type="button" class="plain-button" onClick={() => photo.retry()}>
            {say.again}
          </button>
        </div>
      )}
    </div>
  );
}
