import { Download, FolderArchive } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import {
  cancelSaving,
  quality,
  saveAllPhotos,
  saveFormat,
  saveFormats,
  savePhoto,
  saving,
  withoutPlace,
} from "../state/saving.ts";
import { photos } from "../state/studio.ts";

/** Format and quality of saved photos, and the buttons that save. */
export function SaveBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const own = photo.photo.value?.format.toUpperCase();
  const job = saving.value;
  const format = saveFormat.value === "keep" ? photo.photo.value?.format : saveFormat.value;
  return (
    <section class="control save-box">
      <h2>{say.saveTitle}</h2>
      <div class="row">
        <label for="format">{say.saveFormat}</label>
        <select
          id="format"
          value={saveFormat.value}
          onChange={(event) => {
            saveFormat.value = saveFormats.find((name) => name === event.currentTarget.value) ?? "keep";
          }}
        >
          {saveFormats.map((name) => (
            <option key={name} value={name}>
              {name === "keep" ? say.formatKeep(own) : name.toUpperCase()}
            </option>
          ))}
        </select>
      </div>
      {format !== undefined && format !== "png" && (
        <div class="row">
          <label for="quality">{say.quality}</label>
          <input
            id="quality"
            type="range"
            min={50}
            max={100}
            value={quality.value}
            onInput={(event) => {
              quality.value = event.currentTarget.valueAsNumber;
            }}
          />
          <output for="quality">{quality.value}</output>
        </div>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={withoutPlace.value}
          onChange={(event) => {
            withoutPlace.value = event.currentTarget.checked;
          }}
        />
        {say.withoutPlace}
      </label>
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
          <button type="button" class="main-button" disabled={!photo.scene.value} onClick={() => void savePhoto(photo)}>
            <Download size={18} aria-hidden="true" />
            {say.saveOne}
          </button>
          {photos.value.length > 1 && (
            <button type="button" class="plain-button" onClick={() => void saveAllPhotos(photos.value)}>
              <FolderArchive size={18} aria-hidden="true" />
              {say.saveAll(photos.value.length)}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
