import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { BrushBox } from "./brush-box.tsx";
import { FrameBox } from "./frame-box.tsx";
import { HistogramChart } from "./histogram.tsx";
import { MethodList } from "./method-list.tsx";
import { PresetBox } from "./preset-box.tsx";
import { SaveBox } from "./save-box.tsx";
import { StrengthSliders } from "./strengths.tsx";
import { VideoBox } from "./video-box.tsx";

/** Histogram, method, presets, adjustments, brush, frame and saving. */
export function Panel({ photo }: { photo: OpenPhoto }): JSX.Element {
  const before = photo.photo.value?.view;
  return (
    <aside class="panel" aria-label={words.value.controls}>
      {before && <HistogramChart before={before} after={photo.result.value} />}
      <MethodList photo={photo} />
      <PresetBox photo={photo} />
      <StrengthSliders photo={photo} />
      {!photo.clip && <BrushBox photo={photo} />}
      <FrameBox photo={photo} />
      {photo.clip ? <VideoBox photo={photo} clip={photo.clip} /> : <SaveBox photo={photo} />}
    </aside>
  );
}
