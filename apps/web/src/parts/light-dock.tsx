import { Download, Sparkles } from "lucide-preact";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import { isLightKept } from "../state/light-kept.ts";
import { assumedLight } from "../state/light-options.ts";
import { greatestStops, leastStops, lightOfStops, stopsOfLight, stopsStep } from "../state/light-stops.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { savePhoto, saving, sharePhoto } from "../state/saving.ts";
import { changeSettings } from "../state/studio.ts";
import { saveVideo } from "../state/video-saving.ts";
import { canShareFiles } from "./can-share-files.ts";
import { useSettingSlider } from "./slider.tsx";

const stopsFormat = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" } as const;

/** The slider of the light, in stops with a mark at the automatic light; on phones also a button that saves. */
export function LightDock({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { light } = photo.settings.now.value;
  const autoLight = photo.scene.value?.autoLight ?? assumedLight;
  const level = light === "auto" ? autoLight : light;
  const shown = `${formatNumber(Math.log2(level), stopsFormat)} EV`;
  const said = say.lightValue(shown, formatNumber(level, { maximumFractionDigits: level < 1 ? 2 : 1 }));
  const [scene, before] = [photo.scene.value, photo.photo.value?.view];
  const isKept = scene && before && photo.facts.value && isLightKept({ light }, scene, before);
  const slider = useSettingSlider(photo, (stops) => ({ light: lightOfStops(stops) }));
  return (
    <div class="light-dock">
      <label class="light-label" for="light">
        {say.light}
        <span class="light-number">{shown}</span>
      </label>
      <div class="light-track" style={{ "--at": shareOf(level), "--auto": shareOf(autoLight) }}>
        <input
          id="light"
          type="range"
          min={leastStops}
          max={greatestStops}
          step={stopsStep}
          value={stopsOfLight(level)}
          aria-valuetext={light === "auto" ? `${say.lightAuto}, ${said}` : said}
          disabled={!photo.scene.value}
          {...slider}
        />
        {photo.scene.value && <span class="light-auto" aria-hidden="true" />}
        <output class="light-value" for="light" aria-hidden="true">
          {shown}
        </output>
      </div>
      <p class="light-hint" role="status">
        {isKept && say.lightKept}
      </p>
      <button
        type="button"
        class="chip"
        aria-pressed={light === "auto"}
        title={say.lightAutoHint}
        disabled={!photo.scene.value}
        onClick={() => changeSettings(photo, { light: "auto" })}
      >
        <Sparkles size={15} aria-hidden="true" />
        {say.lightAuto}
      </button>
      <button
        type="button"
        class="main-button dock-save"
        disabled={!photo.scene.value || saving.value !== undefined}
        onClick={() => void save(photo)}
      >
        <Download size={18} aria-hidden="true" />
        {say.save}
      </button>
    </div>
  );
}

function save(photo: OpenPhoto): Promise<void> {
  if (photo.clip) return saveVideo(photo);
  return canShareFiles ? sharePhoto(photo) : savePhoto(photo);
}

/** Place of a level on the slider, 0 to 1. */
function shareOf(level: number): number {
  return (stopsOfLight(level) - leastStops) / (greatestStops - leastStops);
}
