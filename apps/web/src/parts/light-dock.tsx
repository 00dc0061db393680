import { formatStops } from "@kindling/browser";
import { useComputed } from "@preact/signals";
import { Sparkles } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { assumedLight } from "../state/light-options.ts";
import { greatestStops, leastStops, lightOfStops, stopsOfLight, stopsStep } from "../state/light-stops.ts";
import type { OpenPhoto } from "../state/open-photo.ts";

/** The slider of the light, in stops with a mark at the automatic light, and the button for that. */
export function LightDock({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { light } = photo.settings.now.value;
  const autoLight = useComputed(() => photo.scene.value?.autoLight ?? assumedLight);
  const level = light === "auto" ? autoLight.value : light;
  const shown = formatStops(level);
  const said = say.lightValue(shown, level.toFixed(level < 1 ? 2 : 1));
  const change = (next: "auto" | number) => ({ ...photo.settings.now.peek(), light: next });
  return (
    <div class="light-dock">
      <label class="light-label" for="light">
        {say.light}
        <span class="light-number">{shown}</span>
      </label>
      <div class="light-track" style={{ "--at": shareOf(level), "--auto": shareOf(autoLight.value) }}>
        <input
          id="light"
          type="range"
          min={leastStops}
          max={greatestStops}
          step={stopsStep}
          value={stopsOfLight(level)}
          aria-valuetext={light === "auto" ? `${say.lightAuto}, ${said}` : said}
          disabled={!photo.scene.value}
          onInput={(event) => photo.settings.attempt(change(lightOfStops(event.currentTarget.valueAsNumber)))}
          onChange={() => photo.settings.settle()}
        />
        {photo.scene.value && <span class="light-auto" aria-hidden="true" />}
        <output class="light-value" for="light" aria-hidden="true">
          {shown}
        </output>
      </div>
      <button
        type="button"
        class="chip"
        aria-pressed={light === "auto"}
        title={say.lightAutoHint}
        disabled={!photo.scene.value}
        onClick={() => photo.settings.settle(change("auto"))}
      >
        <Sparkles size={15} aria-hidden="true" />
        {say.lightAuto}
      </button>
    </div>
  );
}

/** Place of a level on the slider, 0 to 1. */
function shareOf(level: number): number {
  return (stopsOfLight(level) - leastStops) / (greatestStops - leastStops);
}
