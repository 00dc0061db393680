import { X } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { describeError } from "../state/describe-error.ts";
import { describeMethod } from "../state/describe-method.ts";
import { fullSizeProgress, stopRefining } from "../state/full-size-picture.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { cancelCurrent, changeSettings, findMethod, quickMethod, retryCurrent } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";

/** The activity of the photo, its progress and a button that stops it; after a failure what happened and what to do. */
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
      {(activity === "idle" || activity === "failed") && <Failure photo={photo} />}
    </div>
  );
}

/** What went wrong, and two ways on: the same once more, or a method that needs no connection. */
function Failure({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const error = photo.error.value;
  const text = error === undefined ? undefined : describeError(error, photo.file.name);
  const quick = quickMethod.value;
  const isNetwork = findMethod(photo)?.isNetwork ?? false;
  return (
    <div class="busy-card is-failure" role={text === undefined ? undefined : "alert"}>
      {text && <p>{text}</p>}
      <div class="failure-ways">
        <button type="button" class="plain-button" onClick={retryCurrent}>
          {say.again}
        </button>
        {text && isNetwork && quick && (
          <button type="button" class="plain-button" onClick={() => changeSettings(photo, { method: quick.name })}>
            {say.methodOf(describeMethod(quick).title)}
          </button>
        )}
      </div>
    </div>
  );
}
