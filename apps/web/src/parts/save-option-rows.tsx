import type { PhotoFormat } from "@kindling/browser";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { formatNames, quality, saveFormat, saveFormats, saveSide, saveSides } from "../state/save-options.ts";

/** Format, size and quality of saved photos. */
export function SaveOptionRows({ photo, format }: { photo: OpenPhoto; format: PhotoFormat | undefined }): JSX.Element {
  const say = words.value;
  const own = photo.photo.value?.format;
  return (
    <>
      <div class="row is-stacked">
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
              {name === "keep" ? say.formatKeep(own && formatNames[own]) : formatNames[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="row is-stacked">
        <label for="side">{say.longestSide}</label>
        <select
          id="side"
          value={saveSide.value}
          onChange={(event) => {
            saveSide.value = Number(event.currentTarget.value);
          }}
        >
          {saveSides.map((side) => (
            <option key={side} value={side}>
              {side === 0 ? say.fullSize : say.pixels(formatNumber(side))}
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
          <output for="quality">{formatNumber(quality.value)}</output>
        </div>
      )}
    </>
  );
}
