import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { dataElement } from "./page-shell.ts";

/** A picture of the viewer: its label, its data URI, and a line of facts. */
export interface ViewerPicture {
  readonly label: string;
  readonly uri: string;
  readonly caption?: string;
}

/** A photo and the pictures made from it. */
export interface ViewerPhoto {
  readonly name: string;
  readonly pictures: readonly ViewerPicture[];
}

/** The initial view. */
export type ViewerMode = "pair" | "slider" | "all";

const modes: Readonly<Record<ViewerMode, string>> = { pair: "Side by side", slider: "Slider", all: "All" };

/** Renders pictures side by side with their difference, as a slider, or all at once. Needs the script `viewer`. */
export function viewerSection(photos: readonly ViewerPhoto[], initial: ViewerMode): Html {
  const radio = ([mode, title]: [string, string]) =>
    html`<label><input type="radio" name="mode" value="${mode}"${mode === initial ? html` checked` : undefined}>${title}</label>`;
  const photoChoice = html`<span class="group">
<button id="previous" type="button" aria-label="Previous photo">←</button>
<label>Photo <select id="photo"></select></label>
<button id="next" type="button" aria-label="Next photo">→</button>
</span>`;
  return html`<div id="viewer" data-mode="${initial}">
<div class="controls">
<fieldset aria-label="View">${Object.entries(modes).map(radio)}</fieldset>
${photos.length > 1 ? photoChoice : html`<select id="photo" hidden aria-label="Photo"></select>`}
<label class="for-pair">Left <select id="left"></select></label>
<label class="for-pair">Right <select id="right"></select></label>
<label>Magnifier <select id="zoom"><option value="2">2×</option><option value="4" selected>4×</option><option value="8">8×</option></select></label>
<label class="for-pair for-difference">Difference gain <input id="gain" type="range" min="1" max="16" value="4"></label>
</div>
<div id="stage"></div>
<p class="note">Move over a picture to magnify the same place in each; with the keyboard: Tab to a picture, then the arrow keys.</p>
</div>
${dataElement("photos-data", photos)}`;
}
