import type { Signal } from "@preact/signals";
import { Clipboard, Download, FolderArchive, GripVertical, Share2 } from "lucide-preact";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { formatBytes, formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import { fileEstimate } from "../state/file-estimate.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { isQuick, saveFormat, saveSide, withoutPlace } from "../state/save-options.ts";
import { cancelSaving, copyPhoto, lastResult, saveAllPhotos, savePhoto, saving, sharePhoto } from "../state/saving.ts";
import { photos } from "../state/studio.ts";
import { canBeFast } from "../state/write-result.ts";
import { canShareFiles } from "./can-share-files.ts";
import { IconButton } from "./icon-button.tsx";
import { SaveOptionRows } from "./save-option-rows.tsx";

/** How photos are saved, and the buttons that save, copy and share. */
export function SaveBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const job = saving.value;
  const isReady = photo.scene.value !== undefined;
  const stills = photos.value.filter(({ clip }) => !clip);
  return (
    <>
      <section class="control save-box">
        <h2>{saveSide.value === 0 ? say.saveTitle : say.saveSmaller}</h2>
        <SaveOptionRows
          photo={photo}
          format={saveFormat.value === "keep" ? photo.photo.value?.format : saveFormat.value}
        />
        {canBeFast(photo) && <Check is={isQuick} label={say.quick} about={say.quickAbout} />}
        <Check is={withoutPlace} label={say.withoutPlace} />
      </section>
      <div class="save-foot">
        <Estimate />
        {job ? (
          <div class="saving">
            <span>{say.saving(job.name)}</span>
            <progress max={1} value={job.done} aria-label={say.saving(job.name)} />
            <button type="button" class="plain-button" onClick={cancelSaving}>
              {say.cancel}
            </button>
          </div>
        ) : (
          <div class="save-buttons">
            <div class="save-row">
              <button type="button" class="main-button" disabled={!isReady} onClick={() => void savePhoto(photo)}>
                <Download size={18} aria-hidden="true" />
                {say.saveOne}
              </button>
              <IconButton icon={Clipboard} label={say.copy} disabled={!isReady} onClick={() => void copyPhoto(photo)} />
              {canShareFiles && (
                <IconButton
                  icon={Share2}
                  label={say.share}
                  disabled={!isReady}
                  onClick={() => void sharePhoto(photo)}
                />
              )}
            </div>
            <DragOut photo={photo} />
            {stills.length > 1 && (
              <button type="button" class="plain-button" onClick={() => void saveAllPhotos(stills)}>
                <FolderArchive size={18} aria-hidden="true" />
                {say.saveAll(stills.length)}
              </button>
            )}
          </div>
        )}
      </div>
    </>
  );
}

/** A choice that is made or not, and what it means where that needs words. */
function Check({ is, label, about }: { is: Signal<boolean>; label: string; about?: string }): JSX.Element {
  const aboutId = useId();
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          checked={is.value}
          aria-describedby={about && aboutId}
          onChange={(event) => {
            is.value = event.currentTarget.checked;
          }}
        />
        {label}
      </label>
      {about && (
        <p id={aboutId} class="about">
          {about}
        </p>
      )}
    </div>
  );
}

/** Size of the file that would be written. */
function Estimate(): JSX.Element | null {
  const estimate = fileEstimate.value;
  if (!estimate) return null;
  const say = words.value;
  const size = say.size(formatNumber(estimate.width), formatNumber(estimate.height));
  return (
    <p class="about">
      {size}
      {estimate.bytes > 0 && `, ${say.estimated(formatBytes(estimate.bytes))}`}
    </p>
  );
}

/** The file that was made last, to be dragged to a folder or another program. */
function DragOut({ photo }: { photo: OpenPhoto }): JSX.Element | null {
  const made = lastResult.value;
  // A file that no longer is what the stage shows would be dragged out by mistake.
  if (made?.photo !== photo || made.settings !== photo.settings.now.value) return null;
  const { file, url } = made;
  return (
    <a
      class="drag-out"
      href={url}
      download={file.name}
      draggable
      onDragStart={({ dataTransfer }) => dataTransfer?.setData("DownloadURL", `${file.type}:${file.name}:${url}`)}
    >
      <GripVertical size={16} aria-hidden="true" />
      {words.value.dragOut(file.name)}
    </a>
  );
}
