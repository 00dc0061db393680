import { maxLight } from "@kindling/browser";
import { useComputed } from "@preact/signals";
import { Sparkles } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { assumedLight } from "../state/light-options.ts";
import type { OpenPhoto } from "../state/open-photo.ts";

/** Lowest level of the slider and distance between two levels; 1 leaves the light as it is. */
const [minLight, step] = [0.2, 0.05];

/** The slider of the light, and the button for automatic light. */
export function LightDock({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { light } = photo.settings.now.value;
  const autoLight = useComputed(() =>
    Math.min(maxLight, Math.max(minLight, photo.scene.value?.autoLight ?? assumedLight)),
  );
  const level = light === "auto" ? autoLight.value : light;
  const share = (level - minLight) / (maxLight - minLight);
  const shown = level.toFixed(level < 1 ? 2 : 1);
  const change = (next: "auto" | number) => ({ ...photo.settings.now.peek(), light: next });
  return (
    <div class="light-dock">
      <label class="light-label" for="light">
        {say.light}
        <span class="light-number">{`× ${shown}`}</span>
      </label>
      <div class="light-track" style={{ "--at": share }}>
        <input
          id="light"
          type="range"
          min={minLight}
          max={maxLight}
          step={step}
          value={level}
          aria-valuetext={light === "auto" ? `${say.lightAuto}, ${say.lightValue(shown)}` : say.lightValue(shown)}
          disabled={!photo.scene.value}
          onInput={(event) => photo.settings.attempt(change(event.currentTarget.valueAsNumber))}
          onChange={() => photo.settings.settle()}
        />
        <output class="light-value" for="light" aria-hidden="true">
          {`× ${shown}`}
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
